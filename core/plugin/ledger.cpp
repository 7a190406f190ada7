#include "core/plugin/ledger.hpp"

#include <utility>

namespace tomada::plugin {

Ledger::Ledger(std::string plugin, log::Logger& log, metrics::Registry& metrics)
    : plugin_{std::move(plugin)},
      log_{log},
      misbehaviour_{metrics.counter("tomada_plugin_misbehaviour_total", "Times a plugin broke the plugin contract.",
                                    {{"plugin", plugin_}})},
      late_{metrics.counter("tomada_plugin_late_answers_total", "Answers that came when nobody waited any more.",
                            {{"plugin", plugin_}})},
      busy_{metrics.counter("tomada_plugin_busy_total", "Calls refused because the plugin's share was used up.",
                            {{"plugin", plugin_}})} {}

void Ledger::misbehaved(std::string_view tool, std::string_view what, std::string_view correlation) noexcept {
  misbehaviour_.add();
  log_.error("a plugin misbehaved",
             {{"plugin", plugin_}, {"tool", tool}, {"problem", what}, {"correlation", correlation}});
}

void Ledger::late(std::string_view tool, std::string_view correlation) noexcept {
  late_.add();
  log_.debug("an answer came too late and was dropped",
             {{"plugin", plugin_}, {"tool", tool}, {"correlation", correlation}});
}

void Ledger::write(log::Level level, std::string_view tool, std::string_view message,
                   std::string_view correlation) noexcept {
  log_.write(level, message, {{"plugin", plugin_}, {"tool", tool}, {"correlation", correlation}});
}

}  // namespace tomada::plugin
