#pragma once
// Client: asks Omie through the host, one call or all pages of a list.
#include "last_failure.hpp"
#include "omie/answer.hpp"
#include "omie/fault.hpp"
#include "omie/operation.hpp"
#include "source.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tomada::erp::omie {

struct Rows {
  std::vector<sdk::json::object> rows;
  Provenance provenance;   // of the oldest page
  std::int64_t held = 0;   // as the last page counts them
  bool is_narrow = false;  // of the narrow question
};

class Client {
 public:
  Client(sdk::Host host, std::string upstream, std::string app_key, std::string app_secret);

  // Throw ToolError and Cancelled. In the background the same is asked again while the host says that it did not come
  // in time: the answer under way is waited for, nothing is sent twice.
  [[nodiscard]] Reply ask(const Operation& operation, const sdk::json::object& parameters,
                          const Request& request) const;
  // All pages of the broad question, or of the narrow one where the broad one's list is long: most questions share one
  // list then. Of more pages than are reasonable in one call only the last, newest ones are read; provenance says so,
  // as it does of a list that became shorter while it was read.
  [[nodiscard]] Rows read_all(const Operation& operation, const sdk::json::object& broad, const Request& request,
                              const sdk::json::object& narrow = {}) const;

  // One page of a list; edition: the same page of another edition is another question to Omie, which neither it nor the
  // host answers from a copy.
  [[nodiscard]] ListPage read_page_of(const Operation& operation, const sdk::json::object& asked, std::int64_t page,
                                      std::int64_t edition, const Request& request) const;
  // How many records it has, from a page with hardly any.
  [[nodiscard]] std::int64_t count(const Operation& operation, const sdk::json::object& asked, std::int64_t edition,
                                   const Request& request) const;
  [[nodiscard]] std::string account() const { return upstream_ + ' ' + app_key_; }  // whose books these are
  [[nodiscard]] const sdk::Host& host() const noexcept { return host_; }

  // Sends what changes something; parameters: its JSON text. The request is sent once, never repeated by the host, its
  // answer is never shared, and lists are read anew afterwards. Throws ToolError when it was surely not done, Unsettled
  // when that is not known; a fault that Omie told is the answer's.
  struct Told {
    sdk::json::object body;
    std::optional<Fault> fault;
  };
  [[nodiscard]] Told send(const Operation& operation, const std::string& parameters, const Request& request) const;

  [[nodiscard]] sdk::json::object health() const;  // how the last question ended

 private:
  [[nodiscard]] sdk::HttpRequest envelope(const Operation& operation, const std::string& parameters) const;
  [[nodiscard]] Reply ask_now(const Operation& operation, const sdk::json::object& parameters,
                              const Request& request) const;
  [[nodiscard]] Reply ask_patiently(const Operation& operation, const sdk::json::object& parameters,
                                    const Request& request) const;
  [[nodiscard]] ListPage ask_page(const Operation& operation, sdk::json::object& asked, std::int64_t page,
                                  const Request& request) const;
  [[nodiscard]] ListPage ask_page(const Operation& operation, sdk::json::object& asked, std::int64_t page,
                                  std::int64_t rows, const Request& request) const;
  [[nodiscard]] Rows read_rest(const Operation& operation, sdk::json::object asked, ListPage first,
                               const Request& request) const;

  const sdk::Host host_;
  const std::string upstream_, app_key_, app_secret_;
  mutable std::atomic<std::int64_t> writes_{0};
  mutable LastFailure last_failure_;
};

}  // namespace tomada::erp::omie
