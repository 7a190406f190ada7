#include "core/services/labels.hpp"

#include "core/json/reader.hpp"

#include <stdexcept>

namespace tomada::services {

metrics::Labels read_labels(std::string_view json_object) {
  metrics::Labels out;
  if (json_object.empty()) return out;
  const auto value = json::read(json_object);
  if (!value || !value->is_object()) throw std::invalid_argument("labels are no JSON object");
  for (const auto& label : value->get_object()) {
    const auto* text = label.value().if_string();
    if (!text) throw std::invalid_argument("a label's value is no string");
    out.emplace_back(label.key(), json::view(*text));
  }
  return out;
}

}  // namespace tomada::services
