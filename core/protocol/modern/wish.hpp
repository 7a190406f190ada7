#pragma once
// Wish: what a subscriptions/listen asks to hear of.
#include "core/protocol/answer.hpp"
#include "core/registry/changes.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tomada::protocol::modern {

struct Wish {
  bool tools = false;
  bool prompts = false;
  bool resources = false;
  std::vector<std::string> uris;   // sorted, each once
  std::vector<std::string> tasks;  // their ids; sorted, each once

  [[nodiscard]] bool covers(registry::Changed what, std::string_view uri) const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept;  // that its names take
  [[nodiscard]] std::string text() const;            // as the acknowledgement repeats it: {"toolsListChanged":true,…}
};

[[nodiscard]] std::variant<Wish, Problem> read_wish(const jsonrpc::Message& message, std::size_t most_each);
// Problem: no "notifications" object, a member of another type, too many URIs or ids, or one too long. Unknown members
// are ignored.

}  // namespace tomada::protocol::modern
