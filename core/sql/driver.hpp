#pragma once
// Driver: one kind of database. Only types without a body in a .cpp, since a driver may be a module of its own.
#include "core/base/clock.hpp"

#include <boost/system/result.hpp>

#include <memory>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::sql {

enum class Kind { null, integer, boolean, text };

struct Parameter {
  Kind kind = Kind::null;
  std::string text;  // digits of an integer, "true" or "false"
};

struct Statement {
  std::string text;  // exactly one statement, its parameters are $1, $2, …
  std::vector<Parameter> parameters;
};

struct Column {
  std::string name;
  std::string type;  // as the database calls it, "numeric", "date"; empty: it has none before a row is read
};

struct Cell {  // borrowed until Receiver::row returns
  Kind kind = Kind::null;
  std::string_view text;  // a decimal with the database's digits, a date in ISO 8601
};

// What a statement answers. Columns come once, before the first row and also when there is none.
class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual void columns(const std::vector<Column>& columns) = 0;
  virtual bool row(const std::vector<Cell>& cells) = 0;  // false: no more are wanted
};

enum class Broken {
  forbidden,  // nothing was asked: its address is private
  connect,    // nobody answers
  tls,        // it cannot be trusted
  login,      // it does not let the user in
  cut,        // the connection ended
  silent,     // no answer in time
  too_slow,   // it ended the statement itself, because the time was over
  cancelled,  // the caller gave up
  statement   // it is well, and refuses the statement
};
struct Trouble {
  Broken how = Broken::cut;
  std::string reason;     // a half sentence without credentials
  std::string next_step;  // may be empty
};
[[noreturn]] inline void throw_exception_from_error(const Trouble& trouble, const boost::source_location&) {
  throw std::logic_error("a broken database connection was taken for a good one: " + trouble.reason);
}

struct Patience {
  Milliseconds at_most{0};  // real time
  std::stop_token stop;
};

// One connection, for one thread at a time.
class Session {
 public:
  virtual ~Session() = default;
  [[nodiscard]] virtual bool is_sound() = 0;  // a quick look before it is used again
  // In a read-only transaction that is rolled back. None: all of the answer was received, or as much as was wanted.
  [[nodiscard]] virtual std::optional<Trouble> ask(const Statement& statement, Receiver& receiver,
                                                   const Patience& patience) = 0;
};

class Driver {
 public:
  virtual ~Driver() = default;
  [[nodiscard]] virtual boost::system::result<std::unique_ptr<Session>, Trouble> connect(
      const std::string& address, const Patience& patience) = 0;  // address: numeric; empty for a file
};

struct Access {  // what a driver needs to know; see place.hpp
  std::string file;
  std::string host;
  int port = 0;
  std::string database, user, password;
  std::string tls_mode;  // libpq's sslmode; empty: verify-full, but for loopback
  std::string root_certificate;
};
using MakeDriver = std::unique_ptr<Driver>(const Access& access);

}  // namespace tomada::sql
