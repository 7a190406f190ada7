#pragma once
// JSON for plugins: Boost.JSON values, a reader that never turns money into a binary float, a writer made for people.
#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace tomada::sdk {

namespace json = boost::json;

// As deep as the server reads: 128 levels. Throws std::runtime_error.
[[nodiscard]] json::value read_json(std::string_view text, json::storage_ptr storage = {});

// Numbers with a fraction or an exponent become strings that hold the source's digits ("74.90"), as do integers beyond
// 64 bits; other integers stay int64. Throws std::runtime_error with the byte where the text stops being JSON.
[[nodiscard]] json::value read_exact(std::string_view text);

// Appends; doubles in their shortest form (0.1, 42.0), a non-finite one as null.
void write(std::string& out, const json::value& from);
[[nodiscard]] std::string write(const json::value& from);

}  // namespace tomada::sdk
