// Reading alone is secured three times: the file is opened so, PRAGMA query_only, and an authorizer that lets nothing
// pass but SELECT, which also keeps statements from attaching other files. The time is watched from inside, by the
// progress handler while SQLite works and the busy handler while another process writes.
#include "core/sql/sqlite.hpp"

#include "core/base/text.hpp"

#include <sqlite3.h>

#include <array>
#include <charconv>
#include <memory>
#include <sys/stat.h>
#include <thread>

namespace tomada::sql {
namespace {

constexpr int steps_between_looks = 1000;
constexpr Milliseconds between_tries{5};

struct CloseDatabase {
  void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

struct FileId {
  dev_t device = 0;
  ino_t file = 0;
  friend bool operator==(const FileId&, const FileId&) = default;
};
FileId look_at(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0 ? FileId{found.st_dev, found.st_ino} : FileId{};
}

int allow_reading(void*, int action, const char*, const char*, const char*, const char*) noexcept {
  const bool reads =
      action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE;
  return reads ? SQLITE_OK : SQLITE_DENY;
}

class Watch final {  // the time of one statement
 public:
  Watch(sqlite3* database, const Patience& patience)
      : database_{database}, until_{std::chrono::steady_clock::now() + patience.at_most}, stop_{patience.stop} {
    sqlite3_progress_handler(database_, steps_between_looks, &is_over, this);
    sqlite3_busy_handler(database_, &wait_for_writer, this);
  }
  ~Watch() {
    sqlite3_progress_handler(database_, 0, nullptr, nullptr);
    sqlite3_busy_handler(database_, nullptr, nullptr);
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  [[nodiscard]] bool is_cancelled() const { return stop_.stop_requested(); }
  [[nodiscard]] bool is_late() const { return std::chrono::steady_clock::now() >= until_; }

 private:
  static int is_over(void* self) {
    const auto* watch = static_cast<const Watch*>(self);
    return watch->is_cancelled() || watch->is_late();
  }
  static int wait_for_writer(void* self, int) {
    if (is_over(self) != 0) return 0;
    std::this_thread::sleep_for(between_tries);
    return 1;
  }

  sqlite3* const database_;
  const SteadyTime until_;
  const std::stop_token stop_;
};

Trouble refused(std::string reason, std::string next_step = {}) {
  return {Broken::statement, std::move(reason), std::move(next_step)};
}

Trouble trouble_of(sqlite3* database, const Watch& watch) {
  const int code = sqlite3_errcode(database) & 0xff;
  const std::string said = text::one_line(sqlite3_errmsg(database));
  if (watch.is_cancelled()) return {Broken::cancelled, "the caller gave up", {}};
  if (code == SQLITE_INTERRUPT) return {Broken::too_slow, "it took longer than it may", {}};
  if (code == SQLITE_BUSY) return {Broken::silent, "another program is writing to it", {}};
  if (code == SQLITE_AUTH || code == SQLITE_READONLY)
    return refused("it is only read, and this statement does something else", "use one SELECT");
  if (code == SQLITE_ERROR || code == SQLITE_MISMATCH || code == SQLITE_TOOBIG || code == SQLITE_RANGE)
    return refused(said);
  return {Broken::cut, said, "check the file"};
}

// The digits that a person wrote: 12.34 and not 12.339999999999999.
std::string_view shortest(double number, std::array<char, 40>& space) {
  const auto end = std::to_chars(space.data(), space.data() + space.size(), number).ptr;
  return {space.data(), static_cast<std::size_t>(end - space.data())};
}

std::string hex_of(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\\x";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += {digits[byte >> 4], digits[byte & 15]};
  }
  return out;
}

class Row final {
 public:
  explicit Row(sqlite3_stmt* statement) : statement_{statement} {}

  const std::vector<Cell>& read() {
    const int count = sqlite3_column_count(statement_);
    cells_.assign(static_cast<std::size_t>(count), Cell{});
    texts_.assign(cells_.size(), {});
    for (int i = 0; i < count; ++i) cells_[static_cast<std::size_t>(i)] = cell(i);
    return cells_;
  }

 private:
  Cell cell(int at) {
    auto& text = texts_[static_cast<std::size_t>(at)];
    const auto bytes = [&] {
      const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, at));
      return std::string_view{data, data ? static_cast<std::size_t>(sqlite3_column_bytes(statement_, at)) : 0};
    };
    switch (sqlite3_column_type(statement_, at)) {
      case SQLITE_INTEGER:
        text = std::to_string(sqlite3_column_int64(statement_, at));
        return {Kind::integer, text};
      case SQLITE_FLOAT:
        text = shortest(sqlite3_column_double(statement_, at), digits_);
        return {Kind::text, text};
      case SQLITE_BLOB:
        text = hex_of(bytes());
        return {Kind::text, text};
      case SQLITE_NULL:
        return {};
      default:
        (void)sqlite3_column_text(statement_, at);  // converts to UTF-8 where it is UTF-16
        return {Kind::text, bytes()};
    }
  }

  sqlite3_stmt* const statement_;
  std::vector<Cell> cells_;
  std::vector<std::string> texts_;
  std::array<char, 40> digits_{};
};

bool bind(sqlite3_stmt* statement, int at, const Parameter& parameter) {
  const auto& text = parameter.text;
  std::int64_t number = 0;
  switch (parameter.kind) {
    case Kind::null:
      return sqlite3_bind_null(statement, at) == SQLITE_OK;
    case Kind::integer:
      std::from_chars(text.data(), text.data() + text.size(), number);
      return sqlite3_bind_int64(statement, at, number) == SQLITE_OK;
    case Kind::boolean:
      return sqlite3_bind_int(statement, at, text == "true" ? 1 : 0) == SQLITE_OK;
    case Kind::text:
      break;
  }
  return sqlite3_bind_text64(statement, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK;
}

// $1 is a name to SQLite: the same parameter wherever it stands.
std::optional<Trouble> bind_all(sqlite3_stmt* statement, const std::vector<Parameter>& parameters) {
  const int count = sqlite3_bind_parameter_count(statement);
  for (int at = 1; at <= count; ++at) {
    const char* name = sqlite3_bind_parameter_name(statement, at);
    const std::string_view text = name ? name : "?";
    std::size_t number = 0;
    const auto end = std::from_chars(text.data() + 1, text.data() + text.size(), number).ptr;
    if (!text.starts_with('$') || end != text.data() + text.size() || number == 0 || number > parameters.size())
      return refused(text::concat({"its parameter ", text, " has no value"}), "parameters are $1, $2, and so on");
    if (!bind(statement, at, parameters[number - 1])) return refused("a parameter is too long");
  }
  return std::nullopt;
}

class SqliteSession final : public Session {
 public:
  SqliteSession(Database database, std::string path, FileId id)
      : database_{std::move(database)}, path_{std::move(path)}, id_{id} {}

  // A file that was replaced, as exports do every night, must be opened anew.
  bool is_sound() override { return look_at(path_) == id_; }

  std::optional<Trouble> ask(const Statement& statement, Receiver& receiver, const Patience& patience) override {
    const Watch watch{database_.get(), patience};
    Prepared prepared;
    if (auto trouble = prepare(statement.text, prepared, watch)) return trouble;
    if (auto trouble = bind_all(prepared.get(), statement.parameters)) return trouble;
    tell_columns(prepared.get(), receiver);
    Row row{prepared.get()};
    for (;;) {
      const int step = sqlite3_step(prepared.get());
      if (step == SQLITE_DONE) return std::nullopt;
      if (step != SQLITE_ROW) return trouble_of(database_.get(), watch);
      if (!receiver.row(row.read())) return std::nullopt;
    }
  }

 private:
  std::optional<Trouble> prepare(std::string_view text, Prepared& out, const Watch& watch) {
    const char* end = text.data() + text.size();
    for (const char* at = text.data(); at < end;) {
      sqlite3_stmt* raw = nullptr;
      const bool is_second = out != nullptr;
      const int code = sqlite3_prepare_v2(database_.get(), at, static_cast<int>(end - at), &raw, &at);
      Prepared each{raw};
      if (is_second && (raw || code != SQLITE_OK)) return refused("it holds more than one statement", "ask one SELECT");
      if (code != SQLITE_OK) return trouble_of(database_.get(), watch);
      if (each) out = std::move(each);
    }
    if (!out) return refused("it holds no statement", "ask one SELECT");
    if (sqlite3_column_count(out.get()) == 0) return refused("it answers no rows", "ask one SELECT");
    return std::nullopt;
  }

  static void tell_columns(sqlite3_stmt* statement, Receiver& receiver) {
    std::vector<Column> columns;
    columns.reserve(static_cast<std::size_t>(sqlite3_column_count(statement)));
    for (int i = 0; i < sqlite3_column_count(statement); ++i)
      columns.push_back({sqlite3_column_name(statement, i), {}});
    receiver.columns(columns);
  }

  const Database database_;
  const std::string path_;
  const FileId id_;
};

class SqliteDriver final : public Driver {
 public:
  explicit SqliteDriver(std::string path) : path_{std::move(path)} {}

  boost::system::result<std::unique_ptr<Session>, Trouble> connect(const std::string&,
                                                                   const Patience& patience) override {
    const auto id = look_at(path_);
    if (id == FileId{}) return Trouble{Broken::connect, "there is no file " + path_, "check the url"};
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(path_.c_str(), &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database{raw};
    if (code != SQLITE_OK) return broken(raw ? sqlite3_errmsg(raw) : "no memory is left");
    if (!secure(raw)) return broken(sqlite3_errmsg(raw));
    const Watch watch{raw, patience};
    if (sqlite3_exec(raw, "SELECT 1 FROM sqlite_master", nullptr, nullptr, nullptr) != SQLITE_OK)
      return watch.is_late() ? Trouble{Broken::silent, "another program is writing to it", {}}
                             : broken(sqlite3_errmsg(raw));
    return std::unique_ptr<Session>{std::make_unique<SqliteSession>(std::move(database), path_, id)};
  }

 private:
  static bool secure(sqlite3* database) {
    sqlite3_extended_result_codes(database, 1);
    return sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr) == SQLITE_OK &&
           sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr) == SQLITE_OK &&
           sqlite3_exec(database, "PRAGMA query_only = 1", nullptr, nullptr, nullptr) == SQLITE_OK &&
           add_functions(database) && sqlite3_set_authorizer(database, &allow_reading, nullptr) == SQLITE_OK;
  }
  [[nodiscard]] Trouble broken(const char* why) const {
    return {Broken::connect, text::concat({"the file ", path_, " cannot be read: ", text::one_line(why)}),
            "check the url and the file's permissions"};
  }

  const std::string path_;
};

}  // namespace

std::unique_ptr<Driver> make_sqlite(const Access& access) { return std::make_unique<SqliteDriver>(access.file); }

}  // namespace tomada::sql
