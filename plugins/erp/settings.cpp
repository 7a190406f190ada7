#include "settings.hpp"

#include <stdexcept>
#include <utility>

namespace tomada::erp {
namespace {

std::string text_or(const sdk::json::object& section, const char* key, std::string otherwise) {
  const auto* value = section.if_contains(key);
  return value && value->is_string() ? std::string{value->get_string()} : std::move(otherwise);
}

bool is_set(const sdk::json::object& section, const char* key) {
  const auto* value = section.if_contains(key);
  return value && value->is_bool() && value->get_bool();
}

}  // namespace

std::string Settings::text(const char* key) const { return text_or(section, key, {}); }

Settings Settings::from(const sdk::json::object& section) {
  Settings settings;
  settings.section = section;
  settings.source = text_or(section, "source", settings.source);
  settings.upstream = text_or(section, "upstream", {});
  settings.app_key = text_or(section, "app_key", {});
  settings.app_secret = text_or(section, "app_secret", {});
  settings.demo_file = text_or(section, "demo_file", {});
  settings.is_compat = is_set(section, "compat");
  settings.has_writes = is_set(section, "writes");
  settings.has_mirror = !section.contains("mirror") || is_set(section, "mirror");
  if (const auto* seconds = section.if_contains("mirror_seconds"); seconds && seconds->is_number())
    settings.mirror_seconds = seconds->to_number<std::int64_t>();
  if (const auto today = text_or(section, "today", {}); !today.empty()) {
    settings.today = Date::read_iso(today);
    if (!settings.today)
      throw std::invalid_argument("today = \"" + today + "\" is no day; write it like \"2026-11-20\"");
  }
  return settings;
}

}  // namespace tomada::erp
