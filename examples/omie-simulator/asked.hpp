#pragma once
// Asked: what one call answers on given books, without a network, for tests.
#include "answers.hpp"
#include "validation.hpp"

#include "core/json/reader.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace omie_simulator {

[[nodiscard]] inline Reply asked(const Company& company, std::string_view path, std::string_view call,
                                 const std::string& parameters, const Options& options = {}) {
  const CallType* type = find_call(path, call);
  const auto read = tomada::json::read(parameters);
  if (!type || !read) throw std::runtime_error("no such call, or no JSON");
  if (auto fault = validate(*type, read->get_object())) return *fault;
  Findings findings;
  return answer({*type, read->get_object(), company, options, findings});
}

// Throws when it was refused.
[[nodiscard]] inline json::object record(const Reply& reply) {
  if (const auto* fault = std::get_if<Fault>(&reply)) throw std::runtime_error(fault->text);
  return std::get<json::object>(reply);
}

[[nodiscard]] inline std::string fault_code(const Reply& reply) {
  const auto* fault = std::get_if<Fault>(&reply);
  return fault ? fault->code : std::string{};
}

}  // namespace omie_simulator
