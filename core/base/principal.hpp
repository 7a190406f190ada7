#pragma once
// Who is calling: every call carries one, on every transport.
#include <string>
#include <vector>

namespace tomada {

struct Principal {
  std::string subject = "local";   // the person or program; "local" on stdio and on an open loopback listener
  std::string tenant = "default";  // the company whose data may be seen
  std::vector<std::string> roles;  // sorted; empty: the default role

  friend bool operator==(const Principal&, const Principal&) = default;
};

[[nodiscard]] std::string owner_of(const Principal& principal);  // one text for each subject of each tenant

}  // namespace tomada
