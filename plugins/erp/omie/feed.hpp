#pragma once
// OmieFeed: Omie's long lists for a mirror: movements, customers, orders.
#include "mirror/feed.hpp"
#include "omie/client.hpp"

namespace tomada::erp::omie {

class OmieFeed final : public mirror::Feed {
 public:
  explicit OmieFeed(const Client& client) : client_{client} {}

  [[nodiscard]] mirror::Sheet read(const mirror::Question& question, const std::stop_token& stop) override;
  [[nodiscard]] std::int64_t count(mirror::Shelf shelf, std::int64_t edition, const std::stop_token& stop) override;
  [[nodiscard]] std::string account() const override { return client_.account(); }

 private:
  const Client& client_;
};

}  // namespace tomada::erp::omie
