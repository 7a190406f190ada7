#pragma once
// PostgresqlSession: one connection; each statement in a read-only transaction of its own.
#include "core/modules/postgresql/wire.hpp"
#include "core/sql/driver.hpp"

#include <functional>
#include <string>

namespace tomada::postgresql {

class PostgresqlSession final : public sql::Session {
 public:
  using Cancel = std::function<void(int backend)>;  // ends what that process of the server still does
  PostgresqlSession(Connection connection, Cancel cancel)
      : connection_{std::move(connection)}, cancel_{std::move(cancel)} {}

  bool is_sound() override;
  std::optional<Trouble> ask(const sql::Statement& statement, sql::Receiver& receiver,
                             const Patience& patience) override;

 private:
  using Each = std::function<std::optional<Trouble>(PGresult* result)>;  // of every result of what was sent
  [[nodiscard]] std::optional<Trouble> command(const std::string& text, const Wait& wait);
  [[nodiscard]] std::optional<Trouble> send(const sql::Statement& statement);
  [[nodiscard]] std::optional<Trouble> receive(const Wait& wait, const Each& each);
  [[nodiscard]] std::optional<Trouble> flush(const Wait& wait);
  [[nodiscard]] std::optional<Trouble> receive_rows(sql::Receiver& receiver, const Wait& wait, bool& has_enough);

  Connection connection_;
  const Cancel cancel_;
};

}  // namespace tomada::postgresql
