#pragma once
// Mirror: the copy of one source's long lists, and how old it may be when it answers.
#include "mirror/keeper.hpp"
#include "mirror/store.hpp"
#include "source.hpp"

#include <atomic>
#include <initializer_list>
#include <string>

namespace tomada::erp::mirror {

class Mirror {
 public:
  using Shelves = std::initializer_list<Shelf>;

  // folder: of the instance's own; each account has its own file there. fresh_ms: so long the copy answers without a
  // look at the ERP; ten times as long it answers while it is refreshed. Throws std::exception when it cannot be
  // opened.
  Mirror(Source& source, const std::string& folder, std::int64_t fresh_ms, sdk::Host host);

  // Waits until the copy of these may answer. Throws sdk::ToolError when there is none yet, sdk::Cancelled.
  [[nodiscard]] Provenance look(Shelves needed, const Request& request);
  [[nodiscard]] Balances balances(const Request& request);
  void mark_dirty() noexcept;  // something is written to the ERP: what is asked next needs a look at it
  [[nodiscard]] const Store& store() const noexcept { return store_; }

 private:
  struct Wait;  // for a look at the ERP

  [[nodiscard]] Provenance wait_for(Shelves needed, std::int64_t from_ms, const Request& request);
  [[nodiscard]] std::optional<Provenance> after_attempt(Wait& wait, Shelves needed) const;
  [[nodiscard]] std::string failure(Shelves needed, const Wait& wait) const;            // here; empty: none
  [[nodiscard]] Provenance stale(std::int64_t as_of_ms, const std::string& why) const;  // throws when there is no copy
  [[nodiscard]] Provenance as_of(std::int64_t as_of_ms) const;
  [[nodiscard]] std::int64_t oldest(Shelves needed) const;  // 0: one of them is not whole
  [[nodiscard]] std::string told_progress(Shelves needed, const Request& request) const;

  Source& source_;
  const std::int64_t fresh_ms_, patient_ms_;
  const sdk::Host host_;
  const std::string path_;
  std::atomic<std::int64_t> unkept_dirty_ms_{0};  // where the file did not take the mark
  std::atomic<std::int64_t> today_{0};            // of the last question: balances are of a day
  Store store_;
  Keeper keeper_;  // after what it uses
};

}  // namespace tomada::erp::mirror
