#include "conformance.hpp"

#include <iterator>

namespace conformance {

std::vector<Tool<Conformance>> Conformance::tools() {
  std::vector<Tool<Conformance>> out;
  for (auto part : {content_tools(), telling_tools(), asking_tools(), round_tools(), task_tools()}) {
    out.insert(out.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  }
  return out;
}

std::string field(const json::object& answer, const char* name) {
  const auto* content = answer.if_contains("content");
  const auto* fields = content ? content->if_object() : nullptr;
  const auto* found = fields ? fields->if_contains(name) : nullptr;
  return found && found->is_string() ? std::string{found->get_string().c_str()} : std::string{};
}

json::object form_of(const char* name) {
  json::object properties;
  properties[name] = json::object{{"type", "string"}};
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", json::array{name}}};
}

}  // namespace conformance

TOMADA_PLUGIN_DYNAMIC(conformance::Conformance, "test.conformance", "1.0.0");
