#pragma once
// Register: a list that changes rarely, kept as it was read for some minutes, so that names need no requests of their
// own.
#include "source.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace tomada::erp::omie {

template <class Item>
class Register {
 public:
  struct Copy {
    std::vector<Item> items;
    Provenance provenance;
    std::int64_t kept_at_ms = 0;
  };
  static constexpr std::int64_t lasts_ms = 10 * 60'000;

  // read: () -> Copy; runs unlocked, so that a slow one keeps nobody from the copy at hand. A fresh look only as the
  // copy's refresh_in allows one.
  template <class Read>
  [[nodiscard]] std::shared_ptr<const Copy> get(const Request& request, const sdk::Host& host, Read read) {
    {
      const auto now_ms = host.unix_ms();
      const std::lock_guard lock{mutex_};
      if (copy_ && is_good_enough(*copy_, request, now_ms)) return aged(copy_, now_ms);
    }
    auto next = read();
    next.kept_at_ms = host.unix_ms();  // what it says of its age and of the next look was true now, not before
    auto shared = std::make_shared<const Copy>(std::move(next));
    const std::lock_guard lock{mutex_};
    copy_ = shared;
    return shared;
  }

 private:
  static bool is_good_enough(const Copy& copy, const Request& request, std::int64_t now_ms) {
    const auto age = now_ms - copy.kept_at_ms;
    return age >= 0 && age < (request.wants_fresh ? copy.provenance.refresh_in_ms : lasts_ms);
  }
  static std::shared_ptr<const Copy> aged(const std::shared_ptr<const Copy>& copy, std::int64_t now_ms) {
    auto out = std::make_shared<Copy>(*copy);
    const auto more = now_ms - copy->kept_at_ms;
    out->provenance.was_asked = false;
    out->provenance.age_ms += more;
    out->provenance.refresh_in_ms = std::max<std::int64_t>(out->provenance.refresh_in_ms - more, 0);
    return out;
  }

  std::mutex mutex_;  // guards copy_
  std::shared_ptr<const Copy> copy_;
};

}  // namespace tomada::erp::omie
