// toml++ hidden: its tables become JSON values, its positions a map from JSON pointer to line.
#include "core/base/text.hpp"
#include "core/config/document.hpp"

#include <toml++/toml.h>

#include <sstream>

namespace tomada::config {
namespace {

class Converter final {
 public:
  explicit Converter(Document& document) : document_{document} {}

  json::object table(const toml::table& from, const std::string& pointer) {
    json::object out;
    for (const auto& [key, node] : from) {
      const std::string name{key.str()};
      const std::string place = child(pointer, name);
      note(place, key.source().begin.line, node.source().begin.line);
      out[name] = value(node, place);
    }
    return out;
  }

 private:
  void note(const std::string& pointer, toml::source_index key_line, toml::source_index node_line) {
    const auto line = key_line > 0 ? key_line : node_line;
    if (line > 0) document_.lines[pointer] = static_cast<int>(line);
  }

  json::value value(const toml::node& from, const std::string& pointer) {
    if (const auto* inner = from.as_table()) return table(*inner, pointer);
    if (const auto* list = from.as_array()) return array(*list, pointer);
    if (const auto* text = from.as_string()) return json::value(text->get());
    if (const auto* integer = from.as_integer()) return integer->get();
    if (const auto* number = from.as_floating_point()) return number->get();
    if (const auto* flag = from.as_boolean()) return flag->get();
    std::ostringstream date;  // dates and times: as they were written
    if (const auto* day = from.as_date()) date << day->get();
    if (const auto* time = from.as_time()) date << time->get();
    if (const auto* moment = from.as_date_time()) date << moment->get();
    return json::value(date.str());
  }

  json::array array(const toml::array& from, const std::string& pointer) {
    json::array out;
    for (const auto& element : from) {
      const std::string place = child(pointer, std::to_string(out.size()));
      note(place, 0, element.source().begin.line);
      out.push_back(value(element, place));
    }
    return out;
  }

  Document& document_;
};

}  // namespace

Result<Document> read_toml(std::string_view text, std::string_view source) {
  Document document;
  document.source = source;
  try {
    const toml::table parsed = toml::parse(text, source);
    document.root = Converter{document}.table(parsed, "");
    return document;
  } catch (const toml::parse_error& error) {
    return failure(ErrorCode::configuration, text::concat({"not valid TOML: ", error.description()}),
                   text::concat({source, ":", std::to_string(error.source().begin.line)}),
                   "mend the syntax of this line");
  }
}

}  // namespace tomada::config
