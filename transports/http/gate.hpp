#pragma once
// Gate: which Host and Origin may speak to this server, so that a web page cannot reach it by rebinding a name.
#include <string>
#include <string_view>
#include <vector>

namespace tomada::http {

class Gate final {
 public:
  Gate(std::vector<std::string> allowed_origins, std::vector<std::string> allowed_hosts, std::string own_host,
       bool is_loopback);
  // Origins: "https://app.example.com", or "*" for any. Hosts: "name" for any port, or "name:port". Own: the host that
  // the listener was given; is_loopback: of the address that it is bound to.

  [[nodiscard]] bool allows_origin(std::string_view origin) const noexcept;  // loopback origins always
  [[nodiscard]] bool allows_host(std::string_view host) const noexcept;
  // Loopback names, the own host and the allowed ones. Where other machines reach the server and no hosts were listed,
  // any address too, which no page can rebind.

 private:
  std::vector<std::string> origins_;
  std::vector<std::string> hosts_;
  std::string own_host_;
  bool takes_addresses_;
};

}  // namespace tomada::http
