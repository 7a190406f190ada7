// One record a key in the space "keys", its last use in a space of its own: writing the use changes no key, so that
// servers which wait for changes sleep on, and a use can never bring back what was revoked meanwhile.
#include "core/auth/keys.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <algorithm>
#include <utility>

namespace tomada::auth {
namespace {

constexpr std::string_view space = "auth.keys", use_space = "auth.uses";
constexpr int most_attempts = 16;

WallTime at(std::int64_t milliseconds) { return WallTime{Milliseconds{milliseconds}}; }

std::optional<WallTime> time(const json::object& record, std::string_view name) {
  const auto* found = json::find(record, name);
  if (!found || !found->is_int64()) return std::nullopt;
  return at(found->get_int64());
}

std::string record_of(const Key& key) {
  json::object out{{"name", key.name},
                   {"subject", key.principal.subject},
                   {"tenant", key.principal.tenant},
                   {"roles", boost::json::value_from(key.principal.roles)},
                   {"secret", write(key.secret)},
                   {"created", unix_ms(key.created)}};
  if (key.expires) out["expires"] = unix_ms(*key.expires);
  if (key.revoked) out["revoked"] = unix_ms(*key.revoked);
  return json::text(out);
}

// What cannot be read as a key opens nothing.
std::optional<Key> key_of(std::string_view id, std::string_view record) {
  const auto read = json::read(record);
  const auto* members = read ? read->if_object() : nullptr;
  if (!members) return std::nullopt;
  const auto text = [&](std::string_view name) {
    const auto* found = json::find_string(*members, name);
    return found ? std::string{json::view(*found)} : std::string{};
  };
  const auto* roles = json::find(*members, "roles");
  const auto secret = read_digest(text("secret"));
  if (!secret || !roles || !roles->is_array()) return std::nullopt;
  Key out{std::string{id}, text("name"), Principal{text("subject"), text("tenant"), {}}, *secret};
  for (const auto& role : roles->get_array()) {
    if (const auto* name = role.if_string()) out.principal.roles.emplace_back(json::view(*name));
  }
  out.created = time(*members, "created").value_or(WallTime{});
  out.expires = time(*members, "expires");
  out.revoked = time(*members, "revoked");
  return out;
}

Error unknown(std::string_view id) {
  return failure(ErrorCode::not_found, text::concat({"there is no key \"", text::one_line(id), "\""}), {},
                 "see tomada keys list for the ids");
}

Error moving(std::string_view id) {
  return failure(ErrorCode::busy, text::concat({"the key ", id, " keeps being changed"}), {}, "try again");
}

void tidy(std::vector<std::string>& roles) {
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
}

}  // namespace

Result<Issued> Keys::issue(Key key) {
  for (int attempt = 0; attempt < most_attempts; ++attempt) {  // 32 random bits may have been drawn before
    auto credential = make_credential();
    const auto parts = read_credential(credential).value();
    key.id = parts.id;
    key.secret = digest(parts.secret);
    const auto put = store_.replace(space, key.id, std::nullopt, record_of(key));
    if (!put) return put.error();
    if (*put) return Issued{std::move(key), std::move(credential)};
  }
  return moving(key.id);
}

Result<Issued> Keys::add(std::string name, Principal principal, std::optional<Milliseconds> lifetime) {
  tidy(principal.roles);
  Key key{{}, std::move(name), std::move(principal), {}, clock_.wall_now()};
  if (lifetime) key.expires = key.created + *lifetime;
  return issue(std::move(key));
}

Result<std::vector<Key>> Keys::list() const {
  std::vector<Key> out;
  const auto scanned = store_.scan(space, {}, [&out](std::string_view id, std::string_view record) {
    if (auto key = key_of(id, record)) out.push_back(std::move(*key));
  });
  if (!scanned) return scanned.error();
  std::stable_sort(out.begin(), out.end(), [](const Key& a, const Key& b) { return a.created < b.created; });
  return out;
}

Result<Key> Keys::find(std::string_view id) const {
  const auto record = store_.get(space, id);
  if (!record) return record.error();
  auto key = *record ? key_of(id, **record) : std::nullopt;
  if (!key) return unknown(id);
  return std::move(*key);
}

template <class Change>
Result<Key> Keys::change(std::string_view id, Change change) {
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const auto before = store_.get(space, id);
    if (!before) return before.error();
    auto key = *before ? key_of(id, **before) : std::nullopt;
    if (!key) return unknown(id);
    change(*key);
    const auto put = store_.replace(space, id, **before, record_of(*key));
    if (!put) return put.error();
    if (*put) return std::move(*key);
  }
  return moving(id);
}

Result<Key> Keys::revoke(std::string_view id) {
  const auto now = clock_.wall_now();
  return change(id, [now](Key& key) { key.revoked = key.revoked.value_or(now); });
}

// The new key first: whatever happens in between, its holder has a good one.
Result<Issued> Keys::rotate(std::string_view id, Milliseconds overlap) {
  const auto old = find(id);
  if (!old) return old.error();
  const auto now = clock_.wall_now();
  if (!old->is_good(now)) {
    return failure(ErrorCode::invalid_argument,
                   text::concat({"the key ", id, old->revoked ? " is revoked" : " has expired"}), {},
                   "make another one with tomada keys add");
  }
  Key next{{}, old->name, old->principal, {}, now};
  if (old->expires) next.expires = now + (*old->expires - old->created);
  auto issued = issue(std::move(next));
  if (!issued) return issued;
  const auto end = now + overlap;
  const auto ended = change(id, [end](Key& key) { key.expires = std::min(key.expires.value_or(end), end); });
  if (!ended) return ended.error();
  return issued;
}

Result<Keys::Uses> Keys::last_uses() const {
  Uses out;
  const auto scanned = store_.scan(use_space, {}, [&out](std::string_view id, std::string_view when) {
    const auto read = json::read(when);
    if (read && read->is_int64()) out[std::string{id}] = at(read->get_int64());
  });
  if (!scanned) return scanned.error();
  return out;
}

Result<void> Keys::note_use(std::string_view id, WallTime when) {
  return store_.put(use_space, id, std::to_string(unix_ms(when)));
}

Result<std::uint64_t> Keys::version() const { return store_.version(space); }

}  // namespace tomada::auth
