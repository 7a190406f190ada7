#pragma once
// Booking: how every tool that writes goes: known already? ask the user, note the intent, send, note what came of it.
#include "tools/arguments.hpp"
#include "tools/tools.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace tomada::erp::tools {

struct Proposal {
  std::string what;      // for people: "payable"
  json::object facts;    // what is to be booked, in one form for equal things; noted in the trail, shown in the answer
  std::string question;  // the same for the person, a line for each fact
  std::function<Booking(const std::string& key)> send;
};

// arguments: the call's, for its idempotency_key. Throws ToolError, InvalidParams and what asks the user.
[[nodiscard]] Answer book(const Source& source, const Proposal& proposal, const Arguments& arguments,
                          const Request& request, const sdk::Host& host);

// An argument that is shown to the user and kept by the ERP. Throws InvalidParams when it could pass for something else
// there: line ends, control characters, characters that turn the direction of reading; or when it is too long.
[[nodiscard]] std::string plain_text(const Arguments& arguments, const char* key, std::size_t most_characters);

}  // namespace tomada::erp::tools
