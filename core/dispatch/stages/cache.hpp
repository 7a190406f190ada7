#pragma once
// Cache: answers read-only tools that declare a policy from what is known; one flight per question.
#include "core/base/clock.hpp"
#include "core/cache/result_cache.hpp"
#include "core/cache/second_level.hpp"
#include "core/dispatch/stage.hpp"

namespace tomada::dispatch {

class Cache final : public Stage {
 public:
  Cache(cache::ResultCache& cache, const Clock& clock, cache::SecondLevel* second = nullptr)
      : cache_{cache}, second_{second}, clock_{clock} {}  // second: what other instances know; null: nothing

  void attach(Resumer& resumer) override { resumer_ = &resumer; }
  [[nodiscard]] Verdict enter(registry::Call& call) override;
  void leave(registry::Call& call, registry::Outcome& outcome) noexcept override;

 private:
  struct Flight;
  [[nodiscard]] Verdict join(registry::Call& call, const std::string& key);
  [[nodiscard]] Verdict take_off(registry::Call& call, const std::string& key);
  void looked(const std::shared_ptr<registry::Call>& call, cache::Looked looked);
  void refresh(const registry::Call& call, const std::string& key);
  void dirty(const cache::Matter& write, cache::ResultCache::Write write_is);
  void fall_back(const std::string& key, registry::Outcome& outcome);
  void give_up(registry::Call& call) noexcept;
  void landed(const std::shared_ptr<registry::Call>& call, const std::string& key, const cache::Entry* entry);
  [[nodiscard]] registry::Outcome outcome_of(const cache::Entry& entry, cache::Age age) const;
  [[nodiscard]] std::shared_ptr<const cache::Entry> entry_of(const registry::Call& call,
                                                             const registry::Outcome& outcome) const;

  cache::ResultCache& cache_;
  cache::SecondLevel* const second_;
  const Clock& clock_;
  Resumer* resumer_ = nullptr;
};

}  // namespace tomada::dispatch
