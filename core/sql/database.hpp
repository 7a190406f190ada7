#pragma once
// Database: one of them with its connections, limit, breaker and instruments.
#include "core/sql/databases.hpp"
#include "core/sql/sessions.hpp"
#include "core/upstream/breaker.hpp"
#include "core/upstream/gate.hpp"
#include "core/upstream/instruments.hpp"
#include "core/upstream/patience.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace tomada::sql {

class Database final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(std::string name, Options options,
                                                              const std::string& modules,
                                                              const upstream::Surroundings& with);

  [[nodiscard]] Result<Answer> ask(const Question& question);  // blocks
  [[nodiscard]] health::Condition condition() const;

 private:
  using Ledgers = std::pair<std::unique_ptr<upstream::Ledger>, std::unique_ptr<upstream::Ledger>>;
  Database(std::string name, Options options, Place place, Result<std::unique_ptr<Driver>> driver, Ledgers ledgers,
           const upstream::Surroundings& with);

  [[nodiscard]] Result<Answer> ask_now(const Question& question, const upstream::Patience& patience);
  [[nodiscard]] Result<Answer> after_answer(TableWriter writer, const Bounds& bounds);
  [[nodiscard]] Error after_trouble(const Trouble& trouble, const upstream::Patience& patience);
  [[nodiscard]] Error outage(const Trouble& trouble, ErrorCode code);

  const std::string name_, where_;
  const Options options_;
  const Place place_;
  const std::optional<Error> missing_;  // why there is no driver
  const Clock& clock_;
  log::Logger& log_;
  const std::unique_ptr<upstream::Ledger> total_;
  upstream::Gate gate_;
  upstream::Breaker breaker_;
  upstream::Instruments instruments_;
  Sessions sessions_;
  std::atomic<upstream::UnixMs> last_answer_{0};
};

}  // namespace tomada::sql
