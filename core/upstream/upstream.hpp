#pragma once
// Upstream: one named upstream with its pool, limits, breaker, retries and shared answers.
#include "core/upstream/attempt.hpp"
#include "core/upstream/breaker.hpp"
#include "core/upstream/crew.hpp"
#include "core/upstream/errand.hpp"
#include "core/upstream/flights.hpp"
#include "core/upstream/gate.hpp"
#include "core/upstream/instruments.hpp"
#include "core/upstream/options.hpp"
#include "core/upstream/pilot.hpp"
#include "core/upstream/pool.hpp"
#include "core/upstream/refusals.hpp"
#include "core/upstream/responses.hpp"
#include "core/upstream/retry.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace tomada::upstream {

// What all upstreams of a client share.
struct Shared {
  const Clock& clock;
  log::Logger& log;
  metrics::Registry& metrics;
  std::string limits_folder;
  Watchdog watchdog;
  std::unique_ptr<Responses> responses;
  std::unique_ptr<Refusals> refusals;
};

class Upstream final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Upstream>> open(std::string name, UpstreamOptions options,
                                                              Shared& shared);

  [[nodiscard]] Result<Response> fetch(const Request& request);  // blocks
  [[nodiscard]] health::Condition condition() const;

 private:
  Upstream(std::string name, UpstreamOptions options, Url url, std::unique_ptr<Ledger> total, Shared& shared);

  using PilotPtr = std::shared_ptr<Pilot>;  // null: the answer is for its caller alone
  void note_question(const Request& request, const Result<Response>& result);
  [[nodiscard]] Result<Response> fetch_shared(const Request& request, const Patience& patience);
  [[nodiscard]] std::optional<Result<Response>> known(const std::string& key) const;
  [[nodiscard]] std::optional<Result<Response>> ask_once(const std::string& key, const Request& request,
                                                         const Patience& patience);
  [[nodiscard]] Result<Response> as_shared(Result<Response> landing) const;
  [[nodiscard]] Result<Response> lead(const std::string& key, const Request& request, const Patience& patience);
  [[nodiscard]] Result<Response> fetch_live(const Request& request, const Patience& patience, const PilotPtr& pilot);

  [[nodiscard]] Attempt attempt(const Request& request, Gate& gate, const Patience& patience, const PilotPtr& pilot);
  [[nodiscard]] Attempt attend(const Request& request, Gate& gate, Gate::Permit permit, const Patience& patience);
  [[nodiscard]] Attempt run_errand(Errand& errand, const std::stop_token& stop);
  [[nodiscard]] boost::system::result<Response, Breakage> exchange(const Request& request, const Patience& patience);
  [[nodiscard]] Attempt after_breakage(const Request& request, const Breakage& breakage, const std::string& key);
  [[nodiscard]] Attempt after_answer(const Request& request, Response response, Gate& gate, const std::string& key);
  [[nodiscard]] Error waited_in_vain(const Request& request, const Patience& patience) const;
  void remember_refusal(const std::string& key, const std::string& problem, Milliseconds wait);
  void note(const Judgement& judgement, Gate& gate);
  [[nodiscard]] Result<Gate*> gate_of(const Request& request);
  [[nodiscard]] GateLimits limits_of(const std::string& method) const;

  const std::string name_;
  const UpstreamOptions options_;
  const std::unique_ptr<Ledger> total_;
  Shared& shared_;
  const Judge judge_;
  Pool pool_;
  Breaker breaker_;
  RetryBudget budget_;
  Flights flights_;
  Instruments instruments_;
  std::atomic<UnixMs> last_answer_{0};
  mutable std::mutex mutex_;  // guards gates_
  std::map<std::string, std::unique_ptr<Gate>> gates_;
  Crew crew_;  // last: it uses everything above
};

}  // namespace tomada::upstream
