#include "core/cli/keys.hpp"

#include "core/app/paths.hpp"
#include "core/auth/keys.hpp"
#include "core/base/text.hpp"
#include "core/cli/failure.hpp"
#include "core/json/indent.hpp"
#include "core/json/writer.hpp"

#include <cstdio>
#include <memory>

namespace tomada::cli {
namespace {

std::string day(const std::optional<WallTime>& time) { return time ? rfc3339(*time).substr(0, 16) + "Z" : "-"; }

std::string state_of(const auth::Key& key, WallTime now) {
  if (key.revoked) return "revoked";
  return key.is_good(now) ? "good" : "expired";
}

json::object as_json(const auth::Key& key, WallTime now, const std::optional<WallTime>& used = {}) {
  json::object out{{"id", key.id},
                   {"name", key.name},
                   {"subject", key.principal.subject},
                   {"tenant", key.principal.tenant},
                   {"roles", boost::json::value_from(key.principal.roles)},
                   {"state", state_of(key, now)},
                   {"created", rfc3339(key.created)}};
  if (key.expires) out["expires"] = rfc3339(*key.expires);
  if (key.revoked) out["revoked"] = rfc3339(*key.revoked);
  if (used) out["last_used"] = rfc3339(*used);
  return out;
}

void print_json(const json::object& object) { std::printf("%s\n", json::indented(json::text(object)).c_str()); }

// The key alone on stdout, so that it can go straight into a file or a secret store.
int show(const auth::Issued& issued, const Words& words, WallTime now) {
  if (words.is_json) {
    auto object = as_json(issued.key, now);
    object["key"] = issued.credential;
    print_json(object);
    return exit_ok;
  }
  std::fprintf(stderr,
               "Key %s, \"%s\"%s. It is shown this once: keep it now. Clients send it as Authorization: Bearer KEY.\n",
               issued.key.id.c_str(), text::one_line(issued.key.name).c_str(),
               issued.key.expires ? (", until " + day(issued.key.expires)).c_str() : "");
  std::printf("%s\n", issued.credential.c_str());
  return exit_ok;
}

// A role that a file does not have would grant nothing. Without a file every name may come from the server's own.
Result<void> check_roles(const Words& words) {
  if (words.overrides.config.empty()) return {};
  const auto config = config::load(words.overrides.config);
  if (!config) return config.error();
  for (const auto& role : words.key.roles) {
    if (config->roles.contains(role)) continue;
    return failure(ErrorCode::configuration, text::concat({"there is no role \"", text::one_line(role), "\""}),
                   config->source, text::concat({"add [role.", text::one_line(role), "]"}));
  }
  return {};
}

int add(auth::Keys& keys, const Words& words, WallTime now) {
  if (const auto checked = check_roles(words); !checked) return fail(checked.error());
  const auto& key = words.key;
  const auto issued =
      keys.add(key.name, Principal{key.subject.empty() ? key.name : key.subject, key.tenant, key.roles}, key.expires);
  return issued ? show(*issued, words, now) : fail(issued.error());
}

int list(const auth::Keys& keys, const Words& words, WallTime now) {
  const auto found = keys.list();
  if (!found) return fail(found.error());
  const auto uses = keys.last_uses();
  if (!uses) return fail(uses.error());
  const auto used = [&uses](const auth::Key& key) {
    const auto at = uses->find(key.id);
    return at == uses->end() ? std::nullopt : std::optional{at->second};
  };
  if (words.is_json) {
    json::array out;
    for (const auto& key : *found) out.push_back(as_json(key, now, used(key)));
    print_json({{"keys", std::move(out)}});
    return exit_ok;
  }
  if (!found->empty())
    std::printf("%-8s  %-8s  %-17s  %-17s  %s\n", "ID", "STATE", "EXPIRES", "LAST USED", "NAME, HOLDER, ROLES");
  for (const auto& key : *found) {
    const auto who = text::concat({key.name, ", ", key.principal.subject, "@", key.principal.tenant, ", ",
                                   key.principal.roles.empty() ? "default" : text::join(key.principal.roles, " ")});
    std::printf("%-8s  %-8s  %-17s  %-17s  %s\n", key.id.c_str(), state_of(key, now).c_str(), day(key.expires).c_str(),
                day(used(key)).c_str(), text::one_line(who).c_str());
  }
  return exit_ok;
}

int carry_out(auth::Keys& keys, const Words& words, WallTime now) {
  if (words.command == Command::keys_add) return add(keys, words, now);
  if (words.command == Command::keys_list) return list(keys, words, now);
  if (words.command == Command::keys_rotate) {
    const auto issued = keys.rotate(words.key.id, words.key.overlap);
    return issued ? show(*issued, words, now) : fail(issued.error());
  }
  const auto revoked = keys.revoke(words.key.id);
  if (!revoked) return fail(revoked.error());
  std::printf("%s\n", text::concat({"revoked ", revoked->id, ", ", text::one_line(revoked->name)}).c_str());
  return exit_ok;
}

}  // namespace

int keep_keys(const Words& words) {
  const SystemClock clock;
  const auto state = words.overrides.state.empty() ? app::default_state() : words.overrides.state;
  if (const auto prepared = app::prepare_state(state); !prepared) return fail(prepared.error());
  const auto store = storage::open_sqlite(state + "/tomada.db", clock);
  if (!store) return fail(store.error());
  auth::Keys keys{**store, clock};
  return carry_out(keys, words, clock.wall_now());
}

}  // namespace tomada::cli
