#include "sources.hpp"

#include "demo/demo_source.hpp"
#include "mirror/mirrored_source.hpp"
#include "omie/omie_source.hpp"
#include "sql/sql_source.hpp"
#include "tryton/tryton_source.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace tomada::erp {
namespace {

template <class Made>
std::unique_ptr<Source> make(const Settings& settings, sdk::Host host) {
  return std::make_unique<Made>(settings, host);
}

// A new source is one line here, and its name in plugin.json.
constexpr struct {
  std::string_view name;
  std::unique_ptr<Source> (*make)(const Settings& settings, sdk::Host host);
} sources[] = {
    {"demo", &make<demo::DemoSource>},
    {"omie", &make<omie::OmieSource>},
    {"sql", &make<sql::SqlSource>},
    {"tryton", &make<tryton::TrytonSource>},
};

// Its questions over everything from a copy, where it offers one and there is a place for it.
std::unique_ptr<Source> mirrored(std::unique_ptr<Source> source, const Settings& settings, sdk::Host host) {
  if (!settings.has_mirror || !source->feed()) return source;
  const auto folder = host.folder();
  if (!folder) return source;
  return std::make_unique<mirror::MirroredSource>(std::move(source), *folder, settings.mirror_seconds * 1'000, host);
}

}  // namespace

std::unique_ptr<Source> make_source(const Settings& settings, sdk::Host host) {
  std::string names;
  for (const auto& source : sources) {
    if (source.name == settings.source) return mirrored(source.make(settings, host), settings, host);
    names += (names.empty() ? "\"" : ", \"") + std::string{source.name} + '"';
  }
  throw std::invalid_argument("source = \"" + settings.source + "\" is no source of this plugin; use one of " + names);
}

}  // namespace tomada::erp
