#include "mirror/mirrored_source.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <exception>

namespace tomada::erp::mirror {
namespace {

// Before, lest the process ends meanwhile; afterwards, however it ended, as a look may have been under way.
class Marking {
 public:
  explicit Marking(Mirror& copy) : copy_{copy} { copy_.mark_dirty(); }
  ~Marking() { copy_.mark_dirty(); }
  Marking(const Marking&) = delete;
  Marking& operator=(const Marking&) = delete;

 private:
  Mirror& copy_;
};

}  // namespace

Mirror* MirroredSource::mirror() {
  std::call_once(is_opened_, [this] {
    try {
      mirror_ = std::make_unique<Mirror>(*source_, folder_, fresh_ms_, host_);
    } catch (const std::exception& error) {
      host_.log(TOMADA_ERROR,
                "the mirror in " + folder_ + " cannot be opened, so lists are read each time: " + error.what());
    }
  });
  return mirror_.get();
}

template <class Copied, class Direct>
Provenance MirroredSource::answered(const bool& has_begun, Copied copied, Direct direct) {
  try {
    return copied();
  } catch (const SQLite::Exception& error) {
    host_.log(TOMADA_ERROR, "the mirror in " + folder_ + " cannot be read: " + error.what());
    if (has_begun)
      throw sdk::ToolError{"the copy for questions over everything cannot be read (" + std::string{error.what()} +
                           "); restart the server, which begins it anew if it is damaged"};
  }
  return direct();
}

Provenance MirroredSource::each_title(const TitleQuery& query, const Request& request, const TitleVisitor& visit) {
  auto* copy = mirror();
  if (!copy) return source_->each_title(query, request, visit);
  bool has_begun = false;
  const auto seen = [&](const Title& title) {
    has_begun = true;
    visit(title);
  };
  const auto copied = [&] {
    auto out = query.partner.empty() ? copy->look({Shelf::titles}, request)
                                     : copy->look({Shelf::titles, Shelf::partners}, request);
    copy->store().each_title(query, request.today, seen);
    return out;
  };
  return answered(has_begun, copied, [&] { return source_->each_title(query, request, visit); });
}

Provenance MirroredSource::each_order(const OrderQuery& query, const Request& request, const OrderVisitor& visit) {
  auto* copy = mirror();
  if (!copy) return source_->each_order(query, request, visit);
  bool has_begun = false;
  const auto seen = [&](const Order& order) {
    has_begun = true;
    visit(order);
  };
  const auto copied = [&] {
    auto out = query.partner.empty() ? copy->look({Shelf::orders}, request)
                                     : copy->look({Shelf::orders, Shelf::partners}, request);
    copy->store().each_order(query, seen);
    return out;
  };
  return answered(has_begun, copied, [&] { return source_->each_order(query, request, visit); });
}

void MirroredSource::name(const std::vector<Counterparty*>& partners, const Request& request) {
  auto* copy = mirror();
  if (!copy) return source_->name(partners, request);
  if (partners.empty()) return;
  if (!copy->store().state(Shelf::partners).is_whole()) (void)copy->look({Shelf::partners}, request);
  for (auto* partner : partners) copy->store().name(*partner);
}

Balances MirroredSource::balances(const Request& request) {
  auto* copy = mirror();
  return copy ? copy->balances(request) : source_->balances(request);
}

template <class Write>
Booking MirroredSource::booked(Write write) {
  auto* copy = mirror();
  if (!copy) return write();
  const Marking marking{*copy};
  return write();
}

Booking MirroredSource::create_partner(const Partner& draft, const std::string& key, const Request& request) {
  return booked([&] { return source_->create_partner(draft, key, request); });
}

Booking MirroredSource::create_title(const Title& draft, const std::string& key, const Request& request) {
  return booked([&] { return source_->create_title(draft, key, request); });
}

}  // namespace tomada::erp::mirror
