#pragma once
// Client: asks Omie through the host, one call or all pages of a list.
#include "source.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace tomada::erp::omie {

struct Operation {  // a call and where it lives
  const char* path;
  const char* name;
  const char* list = "";      // the array of a list call
  bool is_hungarian = false;  // nPagina … instead of pagina …
};

struct Reply {
  sdk::json::object body;  // numbers exact; empty: nothing found
  Provenance provenance;
};
struct Rows {
  std::vector<sdk::json::object> rows;
  Provenance provenance;  // of the oldest page
};

void merge(Provenance& into, const Provenance& other);       // as old as the older of both
void merge_gaps(Provenance& into, const Provenance& other);  // only whether, and how much, was left out

class Client {
 public:
  Client(sdk::Host host, std::string upstream, std::string app_key, std::string app_secret);

  // Throw ToolError and Cancelled. Not found is an empty body or no rows.
  [[nodiscard]] Reply ask(const Operation& operation, const sdk::json::object& parameters,
                          const Request& request) const;
  [[nodiscard]] Rows read_all(const Operation& operation, const sdk::json::object& parameters,
                              const Request& request) const;
  // Of more pages than are reasonable in one call only the last, newest ones are read; provenance says so.

  [[nodiscard]] sdk::json::object health() const;  // how the last question ended

 private:
  [[nodiscard]] Reply ask_now(const Operation& operation, const sdk::json::object& parameters,
                              const Request& request) const;
  void remember(std::string failure) const;

  const sdk::Host host_;
  const std::string upstream_, app_key_, app_secret_;
  mutable std::mutex mutex_;  // guards last_failure_
  mutable std::string last_failure_;
};

}  // namespace tomada::erp::omie
