// A call takes one of three ways into the plugin: inline on the caller's thread, through the plugin's lane (its share
// of the workers), or through the tool's own lane of width 1 first, when the tool is serial. Time limits are not kept
// here: the deadline stage answers the client, and the flight goes on until the plugin finishes.
#include "core/plugin/bridge.hpp"

#include "core/base/text.hpp"
#include "core/registry/call.hpp"

#include <utility>

namespace tomada::plugin {
namespace {

using registry::Outcome;
using registry::OutcomeKind;

constexpr std::size_t waiting_turns = 64;  // calls that wait for one serial tool

Outcome busy(std::string_view plugin) {
  auto out = Outcome::failed(OutcomeKind::refused, text::concat({"the plugin \"", plugin, "\" is busy; retry in 1 s"}));
  out.retry_after = Milliseconds{1000};
  return out;
}

}  // namespace

Bridge::Bridge(std::shared_ptr<Instance> instance, Way way, const registry::TargetDescription& about,
               const schema::Schema* output)
    : instance_{std::move(instance)}, way_{way}, about_{about}, output_{output} {
  if (!about_.is_serial) return;
  turns_.emplace(1, waiting_turns, [lane = &instance_->lane()](Work work) { return lane->enter(std::move(work)); });
}

void Bridge::start(const std::shared_ptr<registry::Call>& call) {
  auto* flight = instance_->board(*this, call);
  if (!flight) {
    call->finish(Outcome::failed(
        OutcomeKind::refused, text::concat({"the plugin \"", instance_->name(), "\" is being unloaded; retry later"})));
    return;
  }
  if (about_.runs_inline && !turns_) return flight->run_inline();
  if (queue(*flight)) return;
  instance_->ledger().busy();
  flight->refuse(busy(instance_->name()));
}

bool Bridge::queue(Flight& flight) {
  auto refuse = [this, &flight] {
    instance_->ledger().busy();
    flight.refuse(busy(instance_->name()));
  };
  Work work{[&flight] { flight.run_on_worker(); }, refuse};
  return turns_ ? turns_->enter(std::move(work)) : instance_->lane().enter(std::move(work));
}

}  // namespace tomada::plugin
