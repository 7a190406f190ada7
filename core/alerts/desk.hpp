#pragma once
// Desk: answers requests about the rules (README.md has operations and shapes). [any thread, any process]
#include "core/alerts/conditions.hpp"
#include "core/alerts/engine.hpp"
#include "core/alerts/rulebook.hpp"

#include <map>
#include <string>
#include <string_view>

namespace tomada::alerts {

class Desk final {
 public:
  Desk(Rulebook& rulebook, const Conditions& conditions, const Channels& channels, const Sampler& sampler,
       const MetricNames& metric_names, log::Logger& log);

  [[nodiscard]] Result<json::object> handle(std::string_view operation, const json::object& arguments,
                                            std::string_view subject);

 private:
  [[nodiscard]] Result<json::object> perform(std::string_view operation, const json::object& arguments);
  [[nodiscard]] Result<void> check_metric(const json::object& rule) const;
  [[nodiscard]] Result<json::object> list() const;
  [[nodiscard]] Result<json::object> shown(const Result<Rule>& rule) const;
  [[nodiscard]] json::object describe(const Rule& rule, const Condition& condition) const;

  Rulebook& rulebook_;
  const Conditions& conditions_;
  const Channels& channels_;
  const Sampler& sampler_;
  const MetricNames& metric_names_;
  log::Logger& log_;
};

}  // namespace tomada::alerts
