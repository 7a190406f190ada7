#pragma once
// DemoSource: the demo company as a Source. Made up in memory when first asked, and again when the day changes.
#include "demo/entries.hpp"
#include "settings.hpp"
#include "source.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace SQLite {
class Database;
}

namespace tomada::erp::demo {

class DemoSource final : public Source {
 public:
  // copy: a file that shall hold the database too, for people with an SQL shell; empty: none.
  explicit DemoSource(std::string copy = {});
  DemoSource(const Settings& settings, sdk::Host host) : DemoSource{settings.demo_file} {
    if (settings.has_writes) entries_.emplace(host);
  }
  ~DemoSource() override;

  [[nodiscard]] std::string_view name() const noexcept override { return "demo"; }
  [[nodiscard]] bool is_open_world() const noexcept override { return false; }
  [[nodiscard]] sdk::json::object health() const override;
  [[nodiscard]] Connection connect(const Request& request) override;

  [[nodiscard]] Page<Partner> partners(const PartnerQuery& query, const Request& request) override;
  [[nodiscard]] Page<Category> categories(const CategoryQuery& query, const Request& request) override;
  [[nodiscard]] Page<Department> departments(const DepartmentQuery& query, const Request& request) override;
  [[nodiscard]] Page<Product> products(const ProductQuery& query, const Request& request) override;
  [[nodiscard]] OrderPage orders(const OrderQuery& query, const Request& request) override;
  [[nodiscard]] TitlePage titles(const TitleQuery& query, const Request& request) override;
  [[nodiscard]] CashPosition cash_position(const Request& request) override;

  [[nodiscard]] bool can_write() const noexcept override { return entries_.has_value(); }
  [[nodiscard]] std::optional<Partner> find_partner(const std::string& id, const Request& request) override;
  [[nodiscard]] Booking create_partner(const Partner& draft, const std::string& key, const Request& request) override;
  [[nodiscard]] Booking create_title(const Title& draft, const std::string& key, const Request& request) override;

 private:
  [[nodiscard]] SQLite::Database& store(Date today);                                              // with mutex_ held
  [[nodiscard]] Booking enter(const std::string& key, const sdk::json::object& row, Date today);  // the same

  const std::string copy_;
  mutable std::mutex mutex_;
  std::unique_ptr<SQLite::Database> store_;  // guarded by mutex_
  std::optional<Date> today_;                // guarded by mutex_: the day of store_
  std::optional<Entries> entries_;           // guarded by mutex_: what was booked; absent: nothing can be
};

}  // namespace tomada::erp::demo
