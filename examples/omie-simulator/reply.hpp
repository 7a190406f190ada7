#pragma once
// Reply: what a call answers, a record or a fault.
#include <boost/json.hpp>

#include <string>
#include <variant>

namespace omie_simulator {

namespace json = boost::json;

struct Fault {
  int status = 500;
  std::string code, text;
};
using Reply = std::variant<json::object, Fault>;

[[nodiscard]] inline Fault client_fault(int number, const std::string& text) {
  return {500, "SOAP-ENV:Client-" + std::to_string(number), "ERROR: " + text};
}
[[nodiscard]] inline Fault already_running() {
  return client_fault(1880,
                      "Já existe uma requisição desse método sendo executada e você pode tentar novamente em alguns "
                      "instantes. (1)");
}
[[nodiscard]] inline json::value money(std::int64_t cents) {  // whole amounts have no point, as the real one sends them
  if (cents % 100 == 0) return cents / 100;
  return static_cast<double>(cents) / 100;
}

}  // namespace omie_simulator
