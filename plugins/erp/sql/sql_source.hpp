#pragma once
// SqlSource: the questions of a Source, asked of a company's own database through queries that it configures.
//
// What flows: a configured query becomes a Relation, a table "t" with canonical columns; a query of query.hpp becomes
// conditions on it, in a Statement with bound values; the database filters, sums, sorts and cuts; each Row of its
// answer becomes a value of model.hpp.
#include "settings.hpp"
#include "source.hpp"
#include "sql/books.hpp"
#include "sql/time_zone.hpp"

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::erp::sql {

class SqlSource final : public Source {
 public:
  SqlSource(const Settings& settings, sdk::Host host);  // throws std::invalid_argument: a key is missing

  [[nodiscard]] std::string_view name() const noexcept override { return "sql"; }
  [[nodiscard]] bool is_open_world() const noexcept override { return true; }
  [[nodiscard]] sdk::json::object health() const override { return books_.health(); }
  [[nodiscard]] Date today(const sdk::Call* call, std::int64_t now_ms) override;
  [[nodiscard]] Connection connect(const Request& request) override;

  [[nodiscard]] Page<Partner> partners(const PartnerQuery& query, const Request& request) override;
  [[nodiscard]] Page<Category> categories(const CategoryQuery& query, const Request& request) override;
  [[nodiscard]] Page<Department> departments(const DepartmentQuery& query, const Request& request) override;
  [[nodiscard]] Page<Product> products(const ProductQuery& query, const Request& request) override;
  [[nodiscard]] OrderPage orders(const OrderQuery& query, const Request& request) override;
  [[nodiscard]] TitlePage titles(const TitleQuery& query, const Request& request) override;
  [[nodiscard]] CashPosition cash_position(const Request& request) override;

  [[nodiscard]] Provenance each_title(const TitleQuery& query, const Request& request,
                                      const TitleVisitor& visit) override;
  [[nodiscard]] Provenance each_order(const OrderQuery& query, const Request& request,
                                      const OrderVisitor& visit) override;
  void require_items() const override { books_.require(subjects::order_items); }
  [[nodiscard]] Balances balances(const Request& request) override;

 private:
  void add_items(std::vector<Order>& orders, Provenance& provenance, const Request& request) const;
  [[nodiscard]] Outlook outlook(Direction direction, Provenance& provenance, const Request& request) const;

  const Books books_;
  const TimeZone zone_;
  const Company company_;
  std::atomic<bool> is_checked_{false};  // every query, once
};

}  // namespace tomada::erp::sql
