#pragma once
// Gate: which Host and Origin may speak to this server, so that a web page cannot reach it by rebinding a name.
#include <string>
#include <string_view>
#include <vector>

namespace tomada::http {

class Gate final {
 public:
  Gate(std::vector<std::string> allowed_origins, std::vector<std::string> allowed_hosts, bool is_loopback);
  // Origins: "https://app.example.com", or "*" for any. Hosts: "name" for any port, or "name:port".

  [[nodiscard]] bool allows_origin(std::string_view origin) const noexcept;  // loopback origins always
  [[nodiscard]] bool allows_host(std::string_view host) const noexcept;
  // Checked only when bound to loopback or when hosts were listed; loopback names always pass.

 private:
  std::vector<std::string> origins_;
  std::vector<std::string> hosts_;
  bool checks_hosts_;
};

}  // namespace tomada::http
