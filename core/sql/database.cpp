// The way of a statement: breaker → gate → a connection that is open, or a new one → rows. What the database says about
// a statement is its answer and no sign of ill health.
#include "core/sql/database.hpp"

#include "core/base/module.hpp"
#include "core/base/text.hpp"
#include "core/sql/sqlite.hpp"

#include <utility>

namespace tomada::sql {
namespace {

using upstream::Told;

Access access_of(const Place& place, const Options& options) {
  return {place.file,   place.host,       place.port,     place.database,
          options.user, options.password, place.tls_mode, place.root_certificate};
}

Result<std::unique_ptr<Driver>> make_driver(const Place& place, const Options& options, const std::string& modules) {
  if (place.dialect == Dialect::sqlite) return make_sqlite(access_of(place, options));
  const auto make = load_module<MakeDriver>(modules, name(place.dialect));
  if (!make) return make.error();
  return (*make)(access_of(place, options));
}

upstream::GateLimits limits_of(const Options& options) {
  upstream::GateLimits out;
  out.max_concurrent = std::max<std::size_t>(options.max_concurrent, 1);
  out.release_margin = Milliseconds{0};
  return out;
}

Told told(const Result<Answer>& result) {
  if (result) return Told::answer;
  switch (result.error().code) {
    case ErrorCode::invalid_argument:
      return Told::fault;
    case ErrorCode::busy:
      return Told::busy;
    case ErrorCode::unreachable:
      return Told::unreachable;
    case ErrorCode::timeout:
      return Told::timeout;
    case ErrorCode::cancelled:
      return Told::cancelled;
    default:
      return Told::other;
  }
}

std::string_view step_for(const Trouble& trouble) {
  if (!trouble.next_step.empty()) return trouble.next_step;
  switch (trouble.how) {
    case Broken::login:
      return "check user and password of the upstream, and its rights in the database";
    case Broken::tls:
      return "put the host that the certificate names into the url, or name who signed it with sslrootcert";
    case Broken::forbidden:
      return "mend url or allow_private of the upstream";
    case Broken::too_slow:
      return "ask for less, or give the database an index";
    case Broken::silent:
      return "try again later, or ask for less at once";
    case Broken::statement:
      return "mend the statement";
    default:
      return "check the network and the url of the upstream, then try again";
  }
}

}  // namespace

Database::Database(std::string name, Options options, Place place, Result<std::unique_ptr<Driver>> driver,
                   Ledgers ledgers, const upstream::Surroundings& with)
    : name_{std::move(name)},
      where_{"upstream." + name_},
      options_{std::move(options)},
      place_{std::move(place)},
      missing_{driver ? std::nullopt : std::optional{driver.error()}},
      clock_{with.clock},
      log_{with.log},
      total_{std::move(ledgers.first)},
      gate_{name_, "sql", limits_of(options_), std::move(ledgers.second), *total_, with.clock},
      breaker_{name_, options_.breaker_failures, options_.breaker_pause, *total_, with.clock},
      instruments_{with.metrics, name_, breaker_},
      sessions_{driver ? std::move(*driver) : nullptr, place_.host, options_, with.clock} {}

Result<std::unique_ptr<Database>> Database::open(std::string name, Options options, const std::string& modules,
                                                 const upstream::Surroundings& with) {
  auto place = parse_place(options.url);
  if (!place)
    return failure(place.error().code, place.error().message, text::concat({"upstream.", name, ".url"}),
                   place.error().hint);
  auto total = upstream::Ledger::open(text::concat({with.state_folder, "/limits/", name, ".total"}));
  if (!total) return total.error();
  auto ledger = upstream::Ledger::open(text::concat({with.state_folder, "/limits/", name, ".sql"}));
  if (!ledger) return ledger.error();
  auto driver = make_driver(*place, options, modules);
  return std::unique_ptr<Database>{new Database{std::move(name),
                                                std::move(options),
                                                std::move(*place),
                                                std::move(driver),
                                                {std::move(*total), std::move(*ledger)},
                                                with}};
}

Result<Answer> Database::ask(const Question& question) {
  if (missing_) return *missing_;
  const upstream::Patience patience{clock_, question.deadline.value_or(clock_.steady_now() + options_.timeout),
                                    question.stop};
  auto result = ask_now(question, patience);
  instruments_.count(told(result));
  const bool is_answered = result || result.error().code == ErrorCode::invalid_argument;
  if (is_answered || result.error().code != ErrorCode::cancelled) instruments_.note_question(is_answered);
  instruments_.refresh();
  return result;
}

Result<Answer> Database::ask_now(const Question& question, const upstream::Patience& patience) {
  const auto leave = breaker_.enter();
  if (!leave) return leave.error();
  const SteadyTime asked = clock_.steady_now();
  auto permit = gate_.enter(patience);
  const SteadyTime began = clock_.steady_now();
  instruments_.observe_wait(began - asked);
  if (!permit) return permit.error();
  TableWriter writer{question.bounds};
  const auto trouble = sessions_.run(question.statement, writer, patience);
  instruments_.observe_exchange(clock_.steady_now() - began);
  if (trouble) return after_trouble(*trouble, patience);
  return after_answer(std::move(writer), question.bounds);
}

Result<Answer> Database::after_answer(TableWriter writer, const Bounds& bounds) {
  breaker_.note_answer();
  last_answer_ = unix_ms(clock_.wall_now());
  if (writer.excess() == TableWriter::Excess::none) return Answer{std::move(writer).finish(), place_.dialect};
  const bool is_rows = writer.excess() == TableWriter::Excess::rows;
  return failure(
      ErrorCode::invalid_argument,
      text::concat({"The answer of ", name_, " is longer than ", std::to_string(is_rows ? bounds.rows : bounds.bytes),
                    is_rows ? " rows" : " bytes", "; none of it is given."}),
      where_, "narrow it with WHERE, LIMIT, fewer columns or a sum");
}

Error Database::after_trouble(const Trouble& trouble, const upstream::Patience& patience) {
  switch (trouble.how) {
    case Broken::cancelled:
      return failure(ErrorCode::cancelled, text::concat({"The caller gave up while ", name_, " worked."}), where_);
    case Broken::statement:
    case Broken::too_slow: {
      breaker_.note_answer();  // it is there, and says no
      const bool is_slow = trouble.how == Broken::too_slow;
      return failure(
          is_slow ? ErrorCode::timeout : ErrorCode::invalid_argument,
          text::concat({name_, is_slow ? " ended the statement: " : " refused the statement: ", trouble.reason, "."}),
          where_, std::string{step_for(trouble)});
    }
    case Broken::silent:
      if (patience.is_over()) return patience.error(name_, text::concat({"waiting for ", name_, " to answer"}));
      return outage(trouble, ErrorCode::timeout);
    default:
      return outage(trouble, ErrorCode::unreachable);
  }
}

Error Database::outage(const Trouble& trouble, ErrorCode code) {
  if (trouble.how != Broken::forbidden) {
    breaker_.note_outage(trouble.reason);
    log_.warning("upstream failed",
                 {{"upstream", std::string_view{name_}}, {"reason", std::string_view{trouble.reason}}});
  }
  return failure(code, text::concat({name_, " could not be asked: ", trouble.reason, "."}), where_,
                 std::string{step_for(trouble)});
}

health::Condition Database::condition() const {
  health::Condition out;
  if (missing_) {
    out.status = health::Status::unhealthy;
    out.reason = missing_->message;
    out.next_step = missing_->hint;
    return out;
  }
  const auto look = breaker_.look();
  out.details["breaker"] = json::key(upstream::name(look.state));
  out.details["consecutive_failures"] = look.failures;
  if (const auto last = last_answer_.load()) out.details["last_answer"] = rfc3339(WallTime{Milliseconds{last}});
  if (look.state == upstream::BreakerState::closed) return out;
  out.status = health::Status::unhealthy;
  out.reason = text::concat({name_, " failed ", std::to_string(look.failures), " times in a row: ", look.reason});
  out.next_step = text::concat({"It is tried again by itself. Check the database and [", where_, "]."});
  return out;
}

Result<void> reach(const Options& options, const std::string& modules, Milliseconds at_most) {
  const auto place = parse_place(options.url);
  if (!place) return place.error();
  auto driver = make_driver(*place, options, modules);
  if (!driver) return driver.error();
  const SystemClock clock;
  Sessions sessions{std::move(*driver), place->host, options, clock};
  TableWriter writer{Bounds{}};
  const auto trouble = sessions.run({"SELECT 1", {}}, writer, {clock, clock.steady_now() + at_most, {}});
  if (!trouble) return {};
  return failure(ErrorCode::unreachable, text::concat({place->text(), ": ", trouble->reason}), {},
                 std::string{step_for(*trouble)});
}

}  // namespace tomada::sql
