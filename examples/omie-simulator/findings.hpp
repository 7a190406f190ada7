#pragma once
// Findings: what a list's filters left, in its order, kept while its pages are asked one after the other.
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace omie_simulator {

class Findings {
 public:
  // find: () -> std::vector<const Item*>. key: the call with all its parameters but the page's. [any thread]
  template <class Item, class Find>
  [[nodiscard]] std::shared_ptr<const std::vector<const Item*>> get(const std::string& key, Find find) {
    using List = std::vector<const Item*>;
    if (auto kept = at(key)) return std::static_pointer_cast<const List>(std::move(kept));
    auto found = std::make_shared<const List>(find());
    keep(key, found);
    return found;
  }
  void clear() {  // the books have changed
    const std::lock_guard lock{mutex_};
    kept_.clear();
  }

 private:
  static constexpr std::size_t most_lists = 16;

  [[nodiscard]] std::shared_ptr<const void> at(const std::string& key) const {
    const std::lock_guard lock{mutex_};
    const auto found = kept_.find(key);
    return found == kept_.end() ? nullptr : found->second;
  }
  void keep(const std::string& key, std::shared_ptr<const void> list) {
    const std::lock_guard lock{mutex_};
    if (kept_.size() >= most_lists) kept_.clear();
    kept_[key] = std::move(list);
  }

  mutable std::mutex mutex_;  // guards kept_
  std::map<std::string, std::shared_ptr<const void>> kept_;
};

}  // namespace omie_simulator
