#pragma once
// MirroredSource: a source whose questions over everything are answered from a copy; all others go to the ERP.
#include "mirror/mirror.hpp"
#include "source.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace tomada::erp::mirror {

class MirroredSource final : public Source {
 public:
  // source: has a feed. Nothing is opened before the first such question; where it cannot be, the source answers
  // itself.
  MirroredSource(std::unique_ptr<Source> source, std::string folder, std::int64_t fresh_ms, sdk::Host host)
      : source_{std::move(source)}, folder_{std::move(folder)}, fresh_ms_{fresh_ms}, host_{host} {}

  [[nodiscard]] std::string_view name() const noexcept override { return source_->name(); }
  [[nodiscard]] bool is_open_world() const noexcept override { return source_->is_open_world(); }
  [[nodiscard]] sdk::json::object health() const override { return source_->health(); }
  [[nodiscard]] Date today(const sdk::Call* call, std::int64_t now_ms) override { return source_->today(call, now_ms); }
  [[nodiscard]] Connection connect(const Request& request) override { return source_->connect(request); }

  [[nodiscard]] Page<Partner> partners(const PartnerQuery& query, const Request& request) override {
    return source_->partners(query, request);
  }
  [[nodiscard]] Page<Category> categories(const CategoryQuery& query, const Request& request) override {
    return source_->categories(query, request);
  }
  [[nodiscard]] Page<Department> departments(const DepartmentQuery& query, const Request& request) override {
    return source_->departments(query, request);
  }
  [[nodiscard]] Page<Product> products(const ProductQuery& query, const Request& request) override {
    return source_->products(query, request);
  }
  [[nodiscard]] OrderPage orders(const OrderQuery& query, const Request& request) override {
    return source_->orders(query, request);
  }
  [[nodiscard]] TitlePage titles(const TitleQuery& query, const Request& request) override {
    return source_->titles(query, request);
  }
  [[nodiscard]] CashPosition cash_position(const Request& request) override { return source_->cash_position(request); }

  [[nodiscard]] Provenance each_title(const TitleQuery& query, const Request& request,
                                      const TitleVisitor& visit) override;
  [[nodiscard]] Provenance each_order(const OrderQuery& query, const Request& request,
                                      const OrderVisitor& visit) override;
  void name(const std::vector<Counterparty*>& partners, const Request& request) override;
  [[nodiscard]] Balances balances(const Request& request) override;

  [[nodiscard]] bool can_write() const noexcept override { return source_->can_write(); }
  [[nodiscard]] std::optional<Partner> find_partner(const std::string& id, const Request& request) override {
    return source_->find_partner(id, request);
  }
  [[nodiscard]] Booking create_partner(const Partner& draft, const std::string& key, const Request& request) override;
  [[nodiscard]] Booking create_title(const Title& draft, const std::string& key, const Request& request) override;

 private:
  // The copy's answer; where its file fails, the source's own.
  template <class Copied, class Direct>
  [[nodiscard]] Provenance answered(const bool& has_begun, Copied copied, Direct direct);
  template <class Write>
  [[nodiscard]] Booking booked(Write write);
  [[nodiscard]] Mirror* mirror();  // null: it cannot be opened

  const std::unique_ptr<Source> source_;
  const std::string folder_;
  const std::int64_t fresh_ms_;
  const sdk::Host host_;
  std::once_flag is_opened_;
  std::unique_ptr<Mirror> mirror_;  // last: it uses the source
};

}  // namespace tomada::erp::mirror
