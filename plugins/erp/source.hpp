#pragma once
// Source: where the facts come from. One implementation for each ERP; tools know only this.
#include "provenance.hpp"
#include "query.hpp"

#include <tomada/plugin.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::erp {

class Exports;

// One question: on whose call, seen from which day.
struct Request {
  const sdk::Call* call = nullptr;  // null outside a call
  Date today;
  bool wants_fresh = false;          // a new look, as far as the ERP's limits allow one
  std::int64_t now_ms = 0;           // Unix time
  bool is_background = false;        // nobody waits for it: others go first
  const Exports* exports = nullptr;  // where whole lists can be kept; null: nowhere
  std::int64_t began_ms = 0;         // on the steady clock; the call's deadline counts from then; 0: not known
  std::stop_token stop{};            // ends a question that nobody waits for
};

namespace mirror {
class Feed;
}

template <class Item>
struct Page : Provenance {
  std::vector<Item> items;
  std::int64_t total = 0;  // of everything the filters leave, not only of this page
};

struct TitlePage : Page<Title> {
  Decimal amount;  // sums over everything the filters leave
  Decimal open;
  Decimal overdue;
};

struct OrderPage : Page<Order> {
  Decimal amount;
};

struct CashPosition : Provenance {
  std::vector<Account> accounts;
  Outlook receivable;
  Outlook payable;
};

struct Balances : Provenance {
  std::vector<Account> accounts;
};

// The order of a walk is none, and a partner may have only its id: see Source::name.
using TitleVisitor = std::function<void(const Title& title)>;
using OrderVisitor = std::function<void(const Order& order)>;

struct Connection : Provenance {
  Company company;
};

struct Booking {  // what a source made of a draft
  std::string id;
  bool was_there = false;  // under this key already: made by an earlier attempt
};

// Whether the ERP did it is not known: its answer did not come, or says nothing. Any other ToolError: surely not done.
struct Unsettled : sdk::ToolError {
  using ToolError::ToolError;
};

// All functions block, may be called from several threads at once, and throw sdk::ToolError with the ERP's name,
// what it said and what to do next.
class Source {
 public:
  virtual ~Source() = default;

  [[nodiscard]] virtual std::string_view name() const noexcept = 0;  // "demo", "omie"
  [[nodiscard]] virtual bool is_open_world() const noexcept = 0;     // reaches beyond this machine
  [[nodiscard]] virtual sdk::json::object health() const = 0;        // for tomada.health/1; asks nothing of the ERP
  // The day where the company is, at this instant (Unix time): São Paulo's, unless the source knows another zone.
  [[nodiscard]] virtual Date today(const sdk::Call* /*call*/, std::int64_t now_ms) {
    return Date::in_sao_paulo(now_ms);
  }
  [[nodiscard]] virtual Connection connect(
      const Request& request) = 0;  // the cheapest real question; proves that it answers

  [[nodiscard]] virtual Page<Partner> partners(const PartnerQuery& query, const Request& request) = 0;
  [[nodiscard]] virtual Page<Category> categories(const CategoryQuery& query, const Request& request) = 0;
  [[nodiscard]] virtual Page<Department> departments(const DepartmentQuery& query, const Request& request) = 0;
  [[nodiscard]] virtual Page<Product> products(const ProductQuery& query, const Request& request) = 0;
  [[nodiscard]] virtual OrderPage orders(const OrderQuery& query, const Request& request) = 0;
  [[nodiscard]] virtual TitlePage titles(const TitleQuery& query, const Request& request) = 0;
  [[nodiscard]] virtual CashPosition cash_position(const Request& request) = 0;

  // For questions over everything: each title or order once that the filters leave, whatever the slice; orders with
  // their items. As they stand here they ask the lists above; a source that can do it with less overrides them.
  [[nodiscard]] virtual Provenance each_title(const TitleQuery& query, const Request& request,
                                              const TitleVisitor& visit);
  [[nodiscard]] virtual Provenance each_order(const OrderQuery& query, const Request& request,
                                              const OrderVisitor& visit);
  virtual void require_items() const {}  // throws when orders come without their items: then nothing follows from none
  virtual void name(const std::vector<Counterparty*>& /*partners*/, const Request& /*request*/) {}  // those of a walk
  [[nodiscard]] virtual Balances balances(const Request& request);

  // Its long lists for a mirror; null: it answers at once, or cannot tell what has changed.
  [[nodiscard]] virtual mirror::Feed* feed() noexcept { return nullptr; }

  // Writing. key: 20 characters; the source makes the same thing under one key once, however often it is asked.
  [[nodiscard]] virtual bool can_write() const noexcept { return false; }
  [[nodiscard]] virtual std::optional<Partner> find_partner(const std::string& /*id*/, const Request& /*request*/) {
    return std::nullopt;
  }
  [[nodiscard]] virtual Booking create_partner(const Partner& /*draft*/, const std::string& /*key*/,
                                               const Request& /*request*/) {
    throw does_not_write();
  }
  [[nodiscard]] virtual Booking create_title(const Title& /*draft*/, const std::string& /*key*/,
                                             const Request& /*request*/) {
    throw does_not_write();
  }
  [[nodiscard]] sdk::ToolError does_not_write() const {
    return sdk::ToolError{"this source (" + std::string{name()} +
                          ") does not write, so nothing was booked; enter it in the ERP itself"};
  }
};

}  // namespace tomada::erp
