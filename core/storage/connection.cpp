// Why SQLite in WAL mode with synchronous = FULL: a commit is in the log on disk before put() returns, readers of other
// processes never wait, and a killed process leaves nothing half-written. Each change bumps its space's row in `space`
// in the same transaction, which is how other processes notice. It deliberately does not keep history and does not
// vacuum.
#include "core/storage/connection.hpp"

#include "core/base/text.hpp"
#include "core/storage/file.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

namespace tomada::storage {
namespace {

constexpr int busy_timeout_ms = 5'000;
constexpr off_t quick_check_at_most = 4 << 20;  // a larger file would cost too much at every start

constexpr const char* tables =
    "CREATE TABLE IF NOT EXISTS space (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS record (space TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,"
    " expires_at_ms INTEGER NOT NULL, PRIMARY KEY (space, key)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS expiring ON record (expires_at_ms) WHERE expires_at_ms > 0;";

std::string_view mend(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return "free space on its disk";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
      return "make the file and its folder writable for this user, or choose another folder with --state DIR";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "try again; another process holds the store";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "stop every tomada that uses it and move the file aside; the next start creates a new one";
    default:
      return "check the disk and the permissions of its folder, or choose another folder with --state DIR";
  }
}

bool is_corruption(const SQLite::Exception& error) {
  const int code = error.getErrorCode() & 0xff;
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

Error translate(std::string_view doing, const std::string& path, const SQLite::Exception& error) {
  const int code = error.getErrorCode() & 0xff;
  const bool is_busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;
  return failure(is_busy ? ErrorCode::busy : ErrorCode::system,
                 text::concat({"cannot ", doing, " the store ", path, ": ", error.what()}), path,
                 std::string{mend(error.getErrorCode())});
}

struct Bytes {
  std::string_view bytes;
};

// One run of a prepared statement. Names go in as TEXT, so that the sqlite3 program shows them, values as BLOB.
class Query final {
 public:
  template <class... Values>
  explicit Query(SQLite::Statement& statement, const Values&... values) : statement_{statement} {
    int index = 0;
    (bind(++index, values), ...);
  }
  ~Query() { statement_.tryReset(); }  // an open read would keep the log from being folded back
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  bool step() { return statement_.executeStep(); }
  [[nodiscard]] std::string bytes(int column) const {
    const SQLite::Column found = statement_.getColumn(column);
    return {static_cast<const char*>(found.getBlob()), static_cast<std::size_t>(found.getBytes())};
  }
  [[nodiscard]] std::int64_t number(int column) const { return statement_.getColumn(column).getInt64(); }

 private:
  void bind(int index, std::string_view name) { statement_.bind(index, std::string{name}); }
  void bind(int index, std::int64_t number) { statement_.bind(index, number); }
  void bind(int index, Bytes value) {
    statement_.bind(index, value.bytes.empty() ? "" : value.bytes.data(), static_cast<int>(value.bytes.size()));
  }

  SQLite::Statement& statement_;
};

constexpr const char* alive = " AND (expires_at_ms = 0 OR expires_at_ms > ?)";

// Opened before the statements below it are prepared, checked before anyone trusts it.
SQLite::Database open_checked(const std::string& path, off_t size) {
  SQLite::Database database{path, SQLite::OPEN_READWRITE, busy_timeout_ms};
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");
  if (size <= quick_check_at_most) {
    SQLite::Statement check{database, "PRAGMA quick_check(1)"};
    const bool is_sound = check.executeStep() && check.getColumn(0).getString() == "ok";
    if (!is_sound) throw SQLite::Exception{"its pages contradict each other", SQLITE_CORRUPT};
  }
  database.exec(tables);
  return database;
}

}  // namespace

struct Connection::State {
  State(std::string file, const struct stat& found)
      : path{std::move(file)}, device{found.st_dev}, inode{found.st_ino}, database{open_checked(path, found.st_size)} {}

  void bump(std::string_view space) { Query{bump_version, space}.step(); }
  void write(const Change& change) {
    Query{insert, change.space, change.key, Bytes{change.value}, change.expires_at_ms}.step();
    bump(change.space);
  }
  std::optional<std::string> read(std::string_view space, std::string_view key, std::int64_t now_ms) {
    Query query{select, space, key, now_ms};
    if (!query.step()) return std::nullopt;
    return query.bytes(0);
  }

  std::string path;
  dev_t device;
  ino_t inode;
  SQLite::Database database;
  SQLite::Statement select{database, std::string{"SELECT value FROM record WHERE space = ? AND key = ?"} + alive};
  SQLite::Statement range{
      database, std::string{"SELECT key, value FROM record WHERE space = ? AND key >= ?"} + alive + " ORDER BY key"};
  SQLite::Statement insert{database, "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)"};
  SQLite::Statement remove{database, "DELETE FROM record WHERE space = ? AND key = ?"};
  SQLite::Statement expire{database, "DELETE FROM record WHERE expires_at_ms > 0 AND expires_at_ms <= ?"};
  SQLite::Statement select_version{database, "SELECT version FROM space WHERE name = ?"};
  SQLite::Statement bump_version{
      database, "INSERT INTO space VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET version = version + 1"};
};

namespace {

// Runs one step in its own transaction (or none, for reads) and turns what SQLite throws into an Error.
template <class Step>
auto guarded(std::string_view doing, const std::string& path, Step step) -> Result<decltype(step())> {
  try {
    return step();
  } catch (const SQLite::Exception& error) {
    return translate(doing, path, error);
  }
}

template <class Step>
auto committed(SQLite::Database& database, const std::string& path, Step step) -> Result<decltype(step())> {
  return guarded("write to", path, [&] {
    SQLite::Transaction transaction{database, SQLite::TransactionBehavior::IMMEDIATE};
    auto outcome = step();
    transaction.commit();
    return outcome;
  });
}

Result<void> without_value(const Result<bool>& result) {
  if (!result) return result.error();
  return {};
}

}  // namespace

Connection::Connection(std::unique_ptr<State> state) : state_{std::move(state)} {}
Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path,
                                                     const std::function<void(const Error&)>& report,
                                                     std::int64_t now_ms) {
  const OpeningGuard guard{path};
  for (int attempt = 0;; ++attempt) {
    const auto found = ensure_private_file(path);
    if (!found) return found.error();
    try {
      return std::unique_ptr<Connection>{new Connection{std::make_unique<State>(path, *found)}};
    } catch (const SQLite::Exception& error) {
      if (!is_corruption(error) || attempt > 0) return translate("open", path, error);
      const auto aside = move_aside(path, now_ms);
      if (!aside) return aside.error();
      if (!report) continue;
      report(failure(ErrorCode::system, text::concat({"the store was damaged (", error.what(), ") and begins anew"}),
                     path,
                     text::concat({"what it held is kept in ", *aside, "; try \"sqlite3 ", *aside, " .recover\""})));
    }
  }
}

Result<std::optional<std::string>> Connection::get(std::string_view space, std::string_view key, std::int64_t now_ms) {
  return guarded("read", state_->path, [&] { return state_->read(space, key, now_ms); });
}

Result<void> Connection::put(const Change& change) {
  return without_value(committed(state_->database, state_->path, [&] {
    state_->write(change);
    return true;
  }));
}

Result<bool> Connection::replace(const Change& change, std::optional<std::string_view> expected, std::int64_t now_ms) {
  return committed(state_->database, state_->path, [&] {
    const auto present = state_->read(change.space, change.key, now_ms);
    const bool is_expected = expected ? present == *expected : !present;
    if (is_expected) state_->write(change);
    return is_expected;
  });
}

Result<bool> Connection::erase(std::string_view space, std::string_view key, std::int64_t now_ms) {
  return committed(state_->database, state_->path, [&] {
    const bool was_there = state_->read(space, key, now_ms).has_value();
    Query{state_->remove, space, key}.step();
    if (was_there) state_->bump(space);
    return was_there;
  });
}

Result<std::vector<std::pair<std::string, std::string>>> Connection::scan(std::string_view space,
                                                                          std::string_view prefix,
                                                                          std::int64_t now_ms) {
  return guarded("read", state_->path, [&] {
    std::vector<std::pair<std::string, std::string>> out;
    Query query{state_->range, space, prefix, now_ms};
    while (query.step()) {
      std::string key = query.bytes(0);
      if (!key.starts_with(prefix)) break;
      out.emplace_back(std::move(key), query.bytes(1));
    }
    return out;
  });
}

Result<std::uint64_t> Connection::version(std::string_view space) {
  return guarded("read", state_->path, [&] {
    Query query{state_->select_version, space};
    return query.step() ? static_cast<std::uint64_t>(query.number(0)) : std::uint64_t{0};
  });
}

Result<void> Connection::forget_expired(std::int64_t now_ms) {
  return without_value(committed(state_->database, state_->path, [&] {
    Query{state_->expire, now_ms}.step();
    return true;
  }));
}

bool Connection::is_current() const {
  struct stat found {};
  return ::stat(state_->path.c_str(), &found) == 0 && found.st_ino == state_->inode && found.st_dev == state_->device;
}

}  // namespace tomada::storage
