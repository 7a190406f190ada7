#pragma once
// Splice: finished JSON text into a frame, byte for byte, except that a frame stays on one line.
#include <string>
#include <string_view>

namespace tomada::protocol {

void splice(std::string& out, std::string_view json);  // line breaks between tokens become spaces
void splice_members(std::string& out,
                    std::string_view json);  // an object without its braces, a comma before each member
[[nodiscard]] std::string_view inside(std::string_view json);  // the same without the first comma, not yet on one line
void write_member(std::string& out, std::string_view name, std::string_view text);  // ,"name":"text"
void write_number(std::string& out, double number);                                 // 50, not 50.0

}  // namespace tomada::protocol
