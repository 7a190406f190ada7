#pragma once
// Paging: one page of what the filters left, in the dialect of the call, with its behaviour past the end.
#include "call_table.hpp"
#include "options.hpp"
#include "reply.hpp"

#include <algorithm>
#include <vector>

namespace omie_simulator {

struct PageAsked {
  std::int64_t number = 1, size = 50;
};
[[nodiscard]] PageAsked read_page(const CallType& call, const json::object& parameters, const Options& options);
[[nodiscard]] Reply past_the_end(const CallType& call, std::int64_t page, std::int64_t pages, std::int64_t total);
[[nodiscard]] json::object page_head(const CallType& call, std::int64_t page, std::int64_t pages, std::int64_t count,
                                     std::int64_t total);

// write: (const Item&) -> json::object
template <class Item, class Write>
Reply page_of(const CallType& call, const json::object& parameters, const Options& options,
              const std::vector<const Item*>& items, Write write) {
  auto [number, size] = read_page(call, parameters, options);
  const auto total = static_cast<std::int64_t>(items.size());
  const std::int64_t pages = (total + size - 1) / size;
  if (call.beyond == Beyond::first_page && number > pages) number = 1;
  if ((number - 1) * size >= total) return past_the_end(call, number, pages, total);
  json::array list;
  for (std::int64_t i = (number - 1) * size; i < std::min(number * size, total); ++i)
    list.push_back(write(*items[static_cast<std::size_t>(i)]));
  json::object out = page_head(call, number, pages, static_cast<std::int64_t>(list.size()), total);
  out[call.list] = std::move(list);
  return out;
}

}  // namespace omie_simulator
