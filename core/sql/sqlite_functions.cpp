// translate is called for every row of a search with the same second and third argument, so their table is kept beside
// the statement.
#include "core/base/text.hpp"
#include "core/sql/sqlite.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tomada::sql {
namespace {

class Translation final {
 public:
  Translation(std::string_view from, std::string_view to) {
    for (std::size_t at = 0, to_at = 0; at < from.size();) {
      const auto letter = next(from, at), other = next(to, to_at);
      letters_.emplace(letter, other);  // a letter that comes twice: the first one counts, as in PostgreSQL
    }
  }

  [[nodiscard]] std::string of(std::string_view text) const {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
      const auto letter = next(text, at);
      const auto found = letters_.find(letter);
      out += found == letters_.end() ? letter : found->second;
    }
    return out;
  }

 private:
  // One character; a byte that begins none is one by itself. At the end: nothing, which deletes.
  static std::string_view next(std::string_view text, std::size_t& at) {
    if (at >= text.size()) return {};
    const auto size = std::max<std::size_t>(text::utf8_sequence(text, at), 1);
    at += size;
    return text.substr(at - size, size);
  }

  struct Hash {
    std::size_t operator()(std::string_view letter) const noexcept {
      std::size_t out = 0;
      for (const char c : letter) out = out << 8 | static_cast<unsigned char>(c);
      return out;
    }
  };
  std::unordered_map<std::string_view, std::string_view, Hash> letters_;  // of the texts beside it
};

struct Kept {
  Kept(std::string_view a, std::string_view b) : from{a}, to{b}, translation{from, to} {}
  const std::string from, to;
  const Translation translation;
};

std::string_view text_of(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return bytes ? std::string_view{bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))} : std::string_view{};
}

void translate(sqlite3_context* context, int, sqlite3_value** arguments) {
  for (int i = 0; i < 3; ++i)
    if (sqlite3_value_type(arguments[i]) == SQLITE_NULL) return sqlite3_result_null(context);
  const auto from = text_of(arguments[1]), to = text_of(arguments[2]);
  const auto* kept = static_cast<const Kept*>(sqlite3_get_auxdata(context, 1));
  std::unique_ptr<Kept> made;
  if (!kept || kept->from != from || kept->to != to) {
    made = std::make_unique<Kept>(from, to);
    kept = made.get();
  }
  const auto out = kept->translation.of(text_of(arguments[0]));
  sqlite3_result_text64(context, out.data(), out.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  const auto forget = [](void* each) { delete static_cast<Kept*>(each); };
  if (made) sqlite3_set_auxdata(context, 1, made.release(), forget);
}

}  // namespace

bool add_functions(sqlite3* database) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  return sqlite3_create_function_v2(database, "translate", 3, flags, nullptr, &translate, nullptr, nullptr, nullptr) ==
         SQLITE_OK;
}

}  // namespace tomada::sql
