#pragma once
// OmieSource: the questions of a Source, asked of Omie.
#include "omie/client.hpp"
#include "omie/register.hpp"
#include "settings.hpp"
#include "source.hpp"

#include <map>
#include <string>

namespace tomada::erp::omie {

class OmieSource final : public Source {
 public:
  OmieSource(const Settings& settings, sdk::Host host);  // throws std::invalid_argument: a key is missing

  [[nodiscard]] std::string_view name() const noexcept override { return "omie"; }
  [[nodiscard]] bool is_open_world() const noexcept override { return true; }
  [[nodiscard]] sdk::json::object health() const override { return client_.health(); }
  [[nodiscard]] Connection connect(const Request& request) override;

  [[nodiscard]] Page<Partner> partners(const PartnerQuery& query, const Request& request) override;
  [[nodiscard]] Page<Category> categories(const CategoryQuery& query, const Request& request) override;
  [[nodiscard]] Page<Department> departments(const DepartmentQuery& query, const Request& request) override;
  [[nodiscard]] Page<Product> products(const ProductQuery& query, const Request& request) override;
  [[nodiscard]] OrderPage orders(const OrderQuery& query, const Request& request) override;
  [[nodiscard]] TitlePage titles(const TitleQuery& query, const Request& request) override;
  [[nodiscard]] CashPosition cash_position(const Request& request) override;

 private:
  using Partners = std::shared_ptr<const Register<Partner>::Copy>;
  using Categories = std::shared_ptr<const Register<Category>::Copy>;
  using Products = std::shared_ptr<const Register<Product>::Copy>;
  [[nodiscard]] Partners all_partners(const Request& request);
  [[nodiscard]] Categories all_categories(const Request& request);
  [[nodiscard]] Products all_products(const Request& request);
  void add_stock(std::vector<Product>& products, bool is_low_wanted, Provenance& provenance,
                 const Request& request) const;
  void add_invoices(std::vector<Order>& orders, const Request& request) const;
  [[nodiscard]] std::vector<Title> read_titles(const TitleQuery& query, Provenance& provenance, const Request& request);
  [[nodiscard]] std::vector<Account> read_accounts(Provenance& provenance, const Request& request) const;
  [[nodiscard]] Outlook outlook(Direction direction, Provenance& provenance, const Request& request);

  const sdk::Host host_;
  const Client client_;
  Register<Partner> partners_;
  Register<Category> categories_;
  Register<Product> products_;
};

}  // namespace tomada::erp::omie
