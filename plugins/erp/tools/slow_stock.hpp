#pragma once
// Slow stock: what lies there and has not been sold for a while, and what it is worth.
#include "tools/tools.hpp"

namespace tomada::erp::tools {

// no_sale_days of erp_products: products with stock of which no order was taken for so many days; a quote or a
// cancelled order sells nothing.
[[nodiscard]] Answer slow_stock(Source& source, const json::object& arguments, const Request& request);

}  // namespace tomada::erp::tools
