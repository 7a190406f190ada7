// A page is a pure function of the catalogue, the principal's roles and the revision. The first page answers nearly
// every request, so it is kept as bytes until the catalogue changes; later pages are written when asked for.
#include "core/protocol/list.hpp"

#include "core/base/text.hpp"
#include "core/protocol/answer.hpp"
#include "core/protocol/cursor.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/splice.hpp"

#include <algorithm>

namespace tomada::protocol {

std::size_t List::first_after(std::string_view last_key, const registry::Catalogue& catalogue) const {
  if (last_key.empty()) return 0;
  std::size_t begin = 0, end = kind_.count(catalogue);
  while (begin < end) {
    const auto middle = begin + (end - begin) / 2;
    if (last_key < kind_.key(kind_.at(catalogue, middle))) {
      end = middle;
    } else {
      begin = middle + 1;
    }
  }
  return begin;
}

void List::write_items(std::string& out, const registry::Catalogue& catalogue, std::string_view last_key,
                       const Principal& principal, const Revision& revision) const {
  const std::size_t most = std::max<std::size_t>(service_.list_page, 1), count = kind_.count(catalogue);
  out.append("\"").append(kind_.member).append("\":[");
  std::string_view last;
  std::size_t shown = 0;
  for (auto at = first_after(last_key, catalogue); at < count; ++at) {
    const auto& item = kind_.at(catalogue, at);
    if (!kind_.is_listed(item)) continue;
    if (!service_.roles.allows(principal, item.name, item.annotations.is_read_only)) continue;
    if (shown == most) {
      out.push_back(']');
      write_member(out, "nextCursor", cursor::after(kind_.cursor, last));
      return;
    }
    if (shown++ > 0) out.push_back(',');
    kind_.write(out, item, revision);
    last = kind_.key(item);
  }
  out.push_back(']');
}

// A list is everybody's only while no role sees another one.
void List::write_cache_hints(std::string& out, const registry::Catalogue& catalogue) const {
  bool is_public = true;
  for (std::size_t at = 0; is_public && at < kind_.count(catalogue); ++at) {
    const auto& item = kind_.at(catalogue, at);
    is_public = service_.roles.agree_on(item.name, item.annotations.is_read_only);
  }
  out.append(R"(,"ttlMs":)").append(std::to_string(service_.list_time_to_live.count()));
  out.append(is_public ? R"(,"cacheScope":"public")" : R"(,"cacheScope":"private")");
}

std::string List::write_page(const registry::Catalogue& catalogue, std::string_view last_key,
                             const Principal& principal, const Revision& revision) const {
  std::string out;
  write_items(out, catalogue, last_key, principal, revision);
  if (revision.era == Era::modern) write_cache_hints(out, catalogue);
  return out;
}

std::shared_ptr<const std::string> List::find(const Revision& revision, std::string_view shape) const {
  for (const auto& entry : entries_) {
    if (entry.revision == &revision && entry.shape == shape) return entry.page;
  }
  return nullptr;
}

std::shared_ptr<const std::string> List::first_page(const Principal& principal, const Revision& revision) {
  const auto catalogue = service_.dispatcher.catalogue();
  const std::string shape = text::join(principal.roles, "\n");
  {
    const std::lock_guard lock{mutex_};
    if (is_same(catalogue_, catalogue)) {
      if (auto kept = find(revision, shape)) return kept;
    }
  }
  auto page = std::make_shared<const std::string>(write_page(*catalogue, {}, principal, revision));
  const std::lock_guard lock{mutex_};
  if (!is_same(catalogue_, catalogue) || entries_.size() >= most_entries) entries_.clear();
  catalogue_ = catalogue;
  entries_.push_back({&revision, shape, page});
  return page;
}

void List::answer(const Request& request) {
  const auto* params = request.message->params();
  const auto* cursor = params ? json::find(*params, "cursor") : nullptr;
  std::shared_ptr<const std::string> page;
  if (!cursor) {
    page = first_page(*request.principal, *request.revision);
  } else {
    const auto last =
        cursor->is_string() ? cursor::last_key(kind_.cursor, json::view(cursor->get_string())) : std::nullopt;
    if (!last) {
      return refuse(request, invalid_params(R"("cursor" is not one that this list gave out; start again without it)"));
    }
    page = std::make_shared<const std::string>(
        write_page(*service_.dispatcher.catalogue(), *last, *request.principal, *request.revision));
  }
  auto frame = begin_result(request.message->id(), page->size() + server_info_.size() + 160);
  const bool is_modern = request.revision->era == Era::modern;
  frame.append(is_modern ? R"({"resultType":"complete",)" : "{").append(*page);
  if (is_modern) {
    frame.append(",\"_meta\":{\"").append(names::server_info).append("\":").append(server_info_).push_back('}');
  }
  frame.append("}}");
  protocol::answer(request, std::move(frame));
}

}  // namespace tomada::protocol
