#pragma once
// Methods: what both eras serve alike, by name: the lists and the calls of tools, prompts, resources and completions.
#include "core/protocol/calls.hpp"
#include "core/protocol/list.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::protocol {

class Methods final {
 public:
  explicit Methods(Service& service);

  struct Method {
    std::string_view name;
    bool (*is_offered)(const registry::Catalogue& catalogue) noexcept;   // null: always
    std::optional<Problem> (*problem)(const jsonrpc::Message& message);  // with the shape of its parameters; null: none
    void (Methods::*run)(Request&& request);
  };
  [[nodiscard]] const Method* find(std::string_view name) const;  // null: there is none, or no plugin offers it now
  void run(const Method& method, Request&& request) { (this->*method.run)(std::move(request)); }
  // Of a message without a problem; answers through the request's reply, now or later, on any thread.

  [[nodiscard]] const std::string& server_info() const noexcept { return *server_info_; }  // JSON text, modern shape
  [[nodiscard]] const std::shared_ptr<const std::string>& shared_server_info() const noexcept { return server_info_; }
  [[nodiscard]] const Service& service() const noexcept { return service_; }

 private:
  void list_tools(Request&& request) { tools_.answer(request); }
  void list_prompts(Request&& request) { prompts_.answer(request); }
  void list_resources(Request&& request) { resources_.answer(request); }
  void list_templates(Request&& request) { templates_.answer(request); }
  void call_tool(Request&& request);
  void get_prompt(Request&& request);
  void read_resource(Request&& request);
  void complete(Request&& request);

  static const Method table[8];

  Service& service_;
  const std::shared_ptr<const std::string> server_info_;  // shared: a call may outlive this object
  Calls calls_;
  List tools_, prompts_, resources_, templates_;
};

}  // namespace tomada::protocol
