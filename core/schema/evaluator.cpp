#include "core/schema/evaluator.hpp"

#include "core/schema/assertion.hpp"

#include <algorithm>

// The instance is walked depth first. Without a report the first failure ends the walk; with one, everything that can
// still be said is said. Marks ("seen") are kept only below a node with an unevaluated… keyword; a branch that may fail
// marks a set of its own, which is merged when it holds. Schemas can be built whose cost is exponential, so steps and
// depth are bounded, and whoever exceeds them is refused.
namespace tomada::schema {
namespace {

constexpr std::size_t most_steps_of_a_run = 3'000'000;
constexpr std::size_t deepest_run = 1024;

}  // namespace

bool Evaluator::run(const json::value& instance, Report* report) {
  const Location root;
  const bool holds = apply(0, {instance, root, nullptr, nullptr, report});
  if (is_exhausted_ && report) report->add(root, "a simpler value", "one that takes too many steps to check");
  return holds && !is_exhausted_;
}

bool Evaluator::apply(Index index, const Visit& visit) {
  if (++steps_ > most_steps_of_a_run || depth_ >= deepest_run) is_exhausted_ = true;
  if (is_exhausted_) return false;
  const Node& node = program_.nodes[index];
  if (node.begin == node.end) return true;
  ++depth_;
  const Scope entered{visit.scope, node.resource};
  const bool is_inside = visit.scope && visit.scope->resource == node.resource;
  const Visit here{visit.instance, visit.at, is_inside ? visit.scope : &entered, visit.seen, visit.report};
  const bool holds = apply_here(node, here);
  --depth_;
  return holds;
}

bool Evaluator::apply_here(const Node& node, const Visit& visit) {
  if (node.sees_evaluation) {
    Evaluated own{visit.instance};
    const Visit marked{visit.instance, visit.at, visit.scope, &own, visit.report};
    Node plain = node;
    plain.sees_evaluation = false;
    const bool holds = apply_here(plain, marked);
    if (holds && visit.seen) visit.seen->merge(own);
    return holds;
  }
  bool holds = true;
  for (Index i = node.begin; i < node.end; ++i) {
    if (step(program_.instructions[i], visit)) continue;
    holds = false;
    if (!visit.report || visit.report->is_full()) return false;
  }
  return holds;
}

bool Evaluator::apply_inside(Index node, const Visit& visit, const json::value& child, const Location& at) {
  return apply(node, {child, at, visit.scope, nullptr, visit.report});
}

bool Evaluator::apply_quietly(Index node, const Visit& visit) {
  return apply(node, {visit.instance, visit.at, visit.scope, nullptr, nullptr});
}

bool Evaluator::step(const Instruction& instruction, const Visit& visit) {
  if (is_assertion(instruction.operation)) {
    if (holds(program_, instruction, visit.instance)) return true;
    if (!visit.report) return false;
    visit.report->add(visit.at, expectation(program_, instruction, visit.instance),
                      finding(instruction, visit.instance));
    return false;
  }
  switch (instruction.operation) {
    case Operation::member_names:
      return member_names(instruction.first, visit);
    case Operation::members:
      return members(program_.member_rules[instruction.first], visit);
    case Operation::elements:
      return elements(program_.element_rules[instruction.first], visit);
    case Operation::contains:
      return contains(program_.contain_rules[instruction.first], visit);
    case Operation::dependent_schema:
      return dependent_schema(instruction, visit);
    case Operation::all:
      return all(instruction, visit);
    case Operation::any:
      return any(instruction, visit);
    case Operation::one:
      return one(instruction, visit);
    case Operation::negation:
      return negation(instruction, visit);
    case Operation::condition:
      return condition(instruction, visit);
    case Operation::dynamic_reference:
      return apply(dynamic_target(instruction, visit), visit);
    case Operation::unevaluated_elements:
      return unevaluated_elements(instruction.first, visit);
    case Operation::unevaluated_members:
      return unevaluated_members(instruction.first, visit);
    default:
      return apply(instruction.first, visit);  // reference
  }
}

}  // namespace tomada::schema
