#pragma once
// TrytonSource: the questions of a Source, asked of Tryton 6.0 over JSON-RPC.
//
// What flows: a query of query.hpp becomes a Listing (model, Domain, fields); Client reads it as Rows of exact JSON,
// each seen as a Row; those become the values of model.hpp, with as little in them as the filters need; matching.hpp
// filters, sums and sorts them; and only the slice that is shown is read again with everything a list shows.
#include "settings.hpp"
#include "source.hpp"
#include "tryton/client.hpp"
#include "tryton/ledger.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tomada::erp::tryton {

class TrytonSource final : public Source {
 public:
  TrytonSource(const Settings& settings, sdk::Host host);  // throws std::invalid_argument: a key is missing

  [[nodiscard]] std::string_view name() const noexcept override { return "tryton"; }
  [[nodiscard]] bool is_open_world() const noexcept override { return true; }
  [[nodiscard]] sdk::json::object health() const override { return client_.health(); }
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
  [[nodiscard]] Balances balances(const Request& request) override;

 private:
  struct Books {  // what hardly ever changes
    std::int64_t company_id = 0, currency_id = 0;
    Company company;
    std::string currency;
    bool has_sales = false, has_purchases = false, has_stock = false, has_order_points = false;
  };
  struct Day {
    Date date;
    std::int64_t until_ms = 0;
  };

  [[nodiscard]] Books books(const Request& request);
  [[nodiscard]] Books read_books(const Request& request) const;
  [[nodiscard]] std::int64_t find_company(const Request& request, Provenance& provenance) const;
  [[nodiscard]] std::int64_t find_named_company(const Request& request, Provenance& provenance) const;
  [[nodiscard]] sdk::json::object context(const Books& books) const;
  [[nodiscard]] Provenance provenance(const Books& books) const;  // nothing was asked yet
  [[nodiscard]] Rows read(std::string_view model, Domain domain, std::vector<std::string_view> fields,
                          const Books& books, const Request& request) const;

  void add_roles(std::vector<Partner>& partners, const Domain& domain, const Books& books, Provenance& provenance,
                 const Request& request) const;
  void add_partner_details(std::vector<Partner>& partners, const Books& books, Provenance& provenance,
                           const Request& request) const;
  void add_stock(std::vector<Product>& products, const Books& books, Provenance& provenance,
                 const Request& request) const;
  [[nodiscard]] OrderPage read_orders(const OrderQuery& query, std::vector<std::string_view> fields, const Books& books,
                                      const Request& request) const;  // all of them, in no order
  void add_order_details(std::vector<Order>& orders, const Books& books, Provenance& provenance,
                         const Request& request) const;
  [[nodiscard]] Ledger read_ledger(const TitleQuery& query, const Books& books, const Request& request) const;
  void add_title_details(std::vector<Title>& titles, const TitleQuery& query, const Books& books,
                         Provenance& provenance, const Request& request) const;
  [[nodiscard]] std::vector<Account> read_accounts(const Books& books, Provenance& provenance,
                                                   const Request& request) const;
  [[nodiscard]] Outlook outlook(Direction direction, const Books& books, Provenance& provenance,
                                const Request& request) const;

  const std::string company_name_;  // empty: the user's own
  const std::string user_;
  const Client client_;
  std::mutex mutex_;            // guards the two below
  std::optional<Books> books_;  // once read
  std::optional<Day> day_;
};

}  // namespace tomada::erp::tryton
