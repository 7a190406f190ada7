#pragma once
// The tools: each asks one question of a source and shows the answer for a model. No host needed.
#include "source.hpp"

namespace tomada::erp::tools {

using sdk::Answer;
namespace json = sdk::json;

using Work = Answer (*)(Source& source, const json::object& arguments, const Request& request);

[[nodiscard]] Answer partners(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer receivables(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer payables(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer categories(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer products(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer orders(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer cash_position(Source& source, const json::object& arguments, const Request& request);

}  // namespace tomada::erp::tools
