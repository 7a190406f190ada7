#pragma once
// Resource: what is read by its URI, or, with a template, by every URI that fits it.
//
//   std::vector<Resource<Hello>> resources() { return {resource("hello://motto", definitions::motto, &Hello::motto)}; }
//   Contents motto(const Reading& reading, Call&) { return Contents::text(reading.uri, "Plug it in."); }
#include <tomada/resources.h>
#include <tomada/sdk/call.hpp>
#include <tomada/sdk/completion.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace tomada::sdk {

struct Reading {
  std::string uri;
  json::object variables;  // of the template: {name: string}

  [[nodiscard]] std::string variable(std::string_view name) const {  // empty: not in this URI
    const auto* found = variables.if_contains(json::string_view{name.data(), name.size()});
    return found && found->is_string() ? std::string{found->get_string().c_str()} : std::string{};
  }
};

class Contents {
 public:
  [[nodiscard]] static Contents text(std::string uri, std::string text, std::string mime_type = "text/plain") {
    return Contents{}.add({{"uri", std::move(uri)}, {"mimeType", std::move(mime_type)}, {"text", std::move(text)}});
  }
  [[nodiscard]] static Contents blob(std::string uri, std::string base64, std::string mime_type) {
    return Contents{}.add({{"uri", std::move(uri)}, {"mimeType", std::move(mime_type)}, {"blob", std::move(base64)}});
  }
  Contents& add(json::object item) {  // {"uri", "mimeType"?, "text" | "blob", "_meta"?}; a folder has several
    items_.push_back(std::move(item));
    return *this;
  }
  [[nodiscard]] json::object to_json() const { return {{"contents", items_}}; }

 private:
  json::array items_;
};

template <class Plugin>
struct Resource {
  std::string uri;
  std::string definition;  // JSON text, as schemas/manifest/resource.json has it
  std::function<Contents(Plugin&, const Reading&, Call&)> read;
  std::uint32_t flags = 0;  // TOMADA_RESOURCE_…, TOMADA_TOOL_SERIAL, TOMADA_TOOL_INLINE
  Completers<Plugin> completers{};

  [[nodiscard]] Resource completing(std::string variable, Completer<Plugin> completer) && {
    completers[std::move(variable)] = std::move(completer);
    return std::move(*this);
  }
};

// read: a member function (const Reading& reading, Call& call) giving Contents. Throw InvalidParams when there is
// nothing at the URI.
template <class Plugin>
[[nodiscard]] Resource<Plugin> resource(std::string uri, std::string definition,
                                        Contents (Plugin::*read)(const Reading&, Call&), std::uint32_t flags = 0) {
  return {std::move(uri), std::move(definition), read, flags};
}
template <class Plugin>
[[nodiscard]] Resource<Plugin> resource_template(std::string uri, std::string definition,
                                                 Contents (Plugin::*read)(const Reading&, Call&),
                                                 std::uint32_t flags = 0) {
  return {std::move(uri), std::move(definition), read, flags | std::uint32_t{TOMADA_RESOURCE_TEMPLATE}};
}

}  // namespace tomada::sdk
