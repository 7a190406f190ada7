#pragma once
// Client: asks Tryton through the host, one call or all records that a domain leaves.
#include "last_failure.hpp"
#include "source.hpp"
#include "tryton/domain.hpp"
#include "tryton/row.hpp"
#include "tryton/session.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::erp::tryton {

struct Listing {  // which records of a model, and what of them
  std::string_view model;
  Domain domain;
  std::vector<std::string_view> fields;  // dotted ones bring related records
  sdk::json::object context;
};

struct Rows {
  std::string_view model;
  std::vector<sdk::json::object> rows;  // the newest first
  Provenance provenance;
};

class Client {
 public:
  Client(sdk::Host host, Login login);

  // method: "model.party.party.search_count". Throws ToolError and Cancelled.
  [[nodiscard]] sdk::json::value call(std::string_view method, const sdk::json::array& parameters,
                                      const Request& request, Provenance& provenance) const;
  // Every record once, however many come or go meanwhile; those that come are not seen. Of more than most_rows only
  // the newest are read, and the provenance says so.
  static constexpr std::int64_t page_rows = 1'000, most_rows = 60'000;
  [[nodiscard]] Rows read_all(const Listing& listing, const Request& request) const;

  [[nodiscard]] sdk::json::object health() const;  // how the last question ended

 private:
  [[nodiscard]] sdk::json::value call_now(std::string_view method, const sdk::json::array& parameters,
                                          const Request& request, Provenance& provenance) const;
  [[nodiscard]] sdk::json::array read_page(const Listing& listing, std::int64_t before, const Request& request,
                                           Provenance& provenance) const;
  [[noreturn]] void fail(const std::string& why) const;

  const sdk::Host host_;
  mutable Session session_;
  mutable LastFailure last_failure_;
};

// map: (const Row&) -> value, for each record. Throws ToolError with model, field and record.
[[nodiscard]] sdk::ToolError unreadable(std::string_view model, const sdk::json::object& row, const FieldError& error);
template <class Each>
void for_each(const Rows& rows, Each each) {
  for (const auto& row : rows.rows) {
    try {
      each(Row{row});
    } catch (const FieldError& error) {
      throw unreadable(rows.model, row, error);
    }
  }
}

}  // namespace tomada::erp::tryton
