#pragma once
// Codec: what of a record has no column of its own in the copy.
#include "model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tomada::erp::mirror {

// 0: not settled, its status follows from the day; 1: paid; 2: cancelled.
[[nodiscard]] int settled_code(TitleStatus status) noexcept;
[[nodiscard]] TitleStatus settled_status(int code, const Title& title, Date today) noexcept;

[[nodiscard]] std::string encoded(const std::vector<OrderItem>& items);
[[nodiscard]] std::vector<OrderItem> decoded_items(std::string_view text);

}  // namespace tomada::erp::mirror
