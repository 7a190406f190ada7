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
[[nodiscard]] Answer cash_flow(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer sales(Source& source, const json::object& arguments, const Request& request);
[[nodiscard]] Answer ageing(Source& source, const json::object& arguments, const Request& request);

// The tools that book: each asks the user first and notes what it does in the host's audit trail.
using Change = Answer (*)(Source& source, const json::object& arguments, const Request& request, const sdk::Host& host);

[[nodiscard]] Answer create_partner(Source& source, const json::object& arguments, const Request& request,
                                    const sdk::Host& host);
[[nodiscard]] Answer create_payable(Source& source, const json::object& arguments, const Request& request,
                                    const sdk::Host& host);
[[nodiscard]] Answer create_receivable(Source& source, const json::object& arguments, const Request& request,
                                       const sdk::Host& host);

}  // namespace tomada::erp::tools
