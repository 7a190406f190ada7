#pragma once
// OmieSource: the questions of a Source, asked of Omie.
#include "omie/client.hpp"
#include "omie/directory.hpp"
#include "omie/feed.hpp"
#include "omie/lists.hpp"
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

  [[nodiscard]] Provenance each_title(const TitleQuery& query, const Request& request,
                                      const TitleVisitor& visit) override;
  [[nodiscard]] Provenance each_order(const OrderQuery& query, const Request& request,
                                      const OrderVisitor& visit) override;
  void name(const std::vector<Counterparty*>& partners, const Request& request) override;
  [[nodiscard]] Balances balances(const Request& request) override;

  [[nodiscard]] mirror::Feed* feed() noexcept override { return &feed_; }

  [[nodiscard]] bool can_write() const noexcept override { return true; }
  [[nodiscard]] std::optional<Partner> find_partner(const std::string& id, const Request& request) override;
  [[nodiscard]] Booking create_partner(const Partner& draft, const std::string& key, const Request& request) override;
  [[nodiscard]] Booking create_title(const Title& draft, const std::string& key, const Request& request) override;

 private:
  struct TitleLists {  // of one direction, as long as Omie would refuse a new look
    Register<Title> open{Register<Title>::until_refresh}, settled{Register<Title>::until_refresh},
        all{Register<Title>::until_refresh};
    [[nodiscard]] Register<Title>& of(TitleFilter filter);
    void forget();
  };

  template <class Map>
  [[nodiscard]] auto read_list(const Operation& operation, const sdk::json::object& parameters, const Request& request,
                               Map map) const {
    return mapped(operation, client_.read_all(operation, parameters, request), map);
  }
  [[nodiscard]] Register<Partner>::Copy all_partners(const Request& request);  // sorted by id
  [[nodiscard]] Register<Category>::Copy all_categories(const Request& request);
  [[nodiscard]] Register<Product>::Copy all_products(const Request& request);

  [[nodiscard]] Directory directory(const std::string& text, const Request& request);
  void look_up(Directory& directory, const std::vector<const Counterparty*>& partners, const Request& request);
  template <class Item, class Query, class Visitor>
  [[nodiscard]] Provenance walk(const typename Register<Item>::Copy& list, const Query& query, const Request& request,
                                const Visitor& visit);

  void add_stock(std::vector<Product>& products, bool is_low_wanted, Provenance& provenance,
                 const Request& request) const;
  [[nodiscard]] Register<Order>::Copy read_orders(const OrderQuery& query, const Request& request);
  void add_invoices(OrderPage& page, const Request& request) const;
  [[nodiscard]] Register<Title>::Copy read_titles(const TitleQuery& query, const Request& request);
  [[nodiscard]] Decimal read_balance(const Account& account, Provenance& provenance, const Request& request) const;
  [[nodiscard]] std::vector<Account> read_accounts(Provenance& provenance, const Request& request) const;
  [[nodiscard]] Outlook outlook(Direction direction, Provenance& provenance, const Request& request);

  const sdk::Host host_;
  const Client client_;
  OmieFeed feed_{client_};
  Register<Partner> partners_;
  Register<Category> categories_;
  Register<Product> products_;
  Register<Order> orders_{Register<Order>::until_refresh};
  TitleLists titles_[2];  // receivable, payable
};

}  // namespace tomada::erp::omie
