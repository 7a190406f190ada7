#include "core/plugin/tables.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace tomada::plugin {
namespace {

// A copy of a table as large as the plugin made it, the rest zero: tables only grow, so the first version's members
// are the least. Nothing: the plugin has no such table.
template <class Table>
Result<std::optional<Table>> copy_table(const tomada_plugin& entry, void* instance, const char* id, std::size_t least) {
  const void* table = entry.extension(instance, id);
  if (!table) return std::optional<Table>{};
  const std::size_t size = static_cast<const Table*>(table)->size;
  if (size < least) {
    return failure(ErrorCode::tool, text::concat({"its table ", id, " has a wrong size"}), {},
                   "fill in its size, and rebuild the plugin with this server's SDK");
  }
  Table out{};
  std::memcpy(&out, table, std::min(size, sizeof out));
  return std::optional<Table>{out};
}

Result<void> check_function(std::uint32_t count, bool has_function, std::string_view id, std::string_view function) {
  if (count == 0 || has_function) return {};
  return failure(ErrorCode::tool, text::concat({"its table ", id, " has no ", function, "()"}), {},
                 "tell the plugin's author");
}

template <class Table>
constexpr std::size_t first_version = offsetof(Table, list) + 2 * sizeof(void*);  // the list, then one function

template <class Table>
Result<void> read_list(Table& out, const tomada_plugin& entry, void* instance, const char* id) {
  const auto table = copy_table<Table>(entry, instance, id, first_version<Table>);
  if (!table) return table.error();
  if (*table) out = **table;
  return {};
}

Result<void> read_lists(Tables& out, const tomada_plugin& entry, void* instance) {
  if (auto read = read_list(out.tools, entry, instance, TOMADA_TOOLS); !read) return read.error();
  if (auto read = read_list(out.prompts, entry, instance, TOMADA_PROMPTS); !read) return read.error();
  if (auto read = read_list(out.resources, entry, instance, TOMADA_RESOURCES); !read) return read.error();
  if (auto good = check_function(out.tools.count, out.tools.call, TOMADA_TOOLS, "call"); !good) return good.error();
  if (auto good = check_function(out.prompts.count, out.prompts.get, TOMADA_PROMPTS, "get"); !good) return good.error();
  return check_function(out.resources.count, out.resources.read, TOMADA_RESOURCES, "read");
}

}  // namespace

Result<Tables> read_tables(const tomada_plugin& entry, void* instance) {
  Tables out;
  if (const auto read = read_lists(out, entry, instance); !read) return read.error();
  auto completions = copy_table<tomada_completions>(entry, instance, TOMADA_COMPLETIONS, sizeof(tomada_completions));
  if (!completions) return completions.error();
  out.completions = *completions;
  auto health = copy_table<tomada_health>(entry, instance, TOMADA_HEALTH,
                                          offsetof(tomada_health, report) + sizeof(tomada_health::report));
  if (!health) return health.error();
  if (*health && (*health)->report) out.health = **health;
  if (out.tools.count + out.prompts.count + out.resources.count > 0 || out.health) return out;
  return failure(ErrorCode::tool, "it offers neither tools, prompts, resources nor health", {},
                 "return one of these tables from its extension()");
}

}  // namespace tomada::plugin
