#include "core/base/text.hpp"
#include "core/schema/evaluator.hpp"

#include <vector>

// The part of the evaluator that applies several nodes to the same instance.
namespace tomada::schema {
namespace {

constexpr std::size_t most_said_of_a_branch = 4;

}  // namespace

bool Evaluator::all(const Instruction& instruction, const Visit& visit) {
  bool holds = true;
  for (Index i = instruction.first; i < instruction.second; ++i) {
    if (apply(program_.children[i], visit)) continue;
    holds = false;
    if (!visit.report) return false;
  }
  return holds;
}

// One branch of several: marks and reports apart, because it may fail without harm.
bool Evaluator::alternative(Index node, const Visit& visit, std::vector<Report>& failed) {
  Report* report = nullptr;
  if (visit.report) report = &failed.emplace_back(most_said_of_a_branch);
  if (!visit.seen) return apply(node, {visit.instance, visit.at, visit.scope, nullptr, report});
  Evaluated branch{visit.instance};
  const bool holds = apply(node, {visit.instance, visit.at, visit.scope, &branch, report});
  if (holds) visit.seen->merge(branch);
  return holds;
}

bool Evaluator::any(const Instruction& instruction, const Visit& visit) {
  std::vector<Report> failed;
  bool holds = false;
  for (Index i = instruction.first; i < instruction.second; ++i) {
    if (!alternative(program_.children[i], visit, failed)) continue;
    holds = true;
    if (!visit.seen) return true;  // the rest could only add marks
  }
  if (!holds && visit.report) visit.report->add_alternatives(visit.at, failed);
  return holds;
}

bool Evaluator::one(const Instruction& instruction, const Visit& visit) {
  std::vector<Report> failed;
  std::size_t holding = 0;
  for (Index i = instruction.first; i < instruction.second; ++i) {
    holding += alternative(program_.children[i], visit, failed) ? 1 : 0;
    if (holding > 1 && !visit.report) return false;
  }
  if (holding == 1) return true;
  if (!visit.report) return false;
  if (holding == 0) {
    visit.report->add_alternatives(visit.at, failed);
  } else {
    const std::string alternatives = std::to_string(instruction.second - instruction.first);
    visit.report->add(visit.at, text::concat({"a value that fits exactly one of ", alternatives, " forms"}),
                      text::concat({describe(visit.instance), ", which fits ", std::to_string(holding)}));
  }
  return false;
}

bool Evaluator::negation(const Instruction& instruction, const Visit& visit) {
  if (!apply_quietly(instruction.first, visit)) return true;
  if (visit.report) visit.report->add(visit.at, "a value other than the excluded ones", describe(visit.instance));
  return false;
}

bool Evaluator::condition(const Instruction& instruction, const Visit& visit) {
  std::vector<Report> unused;
  const Visit quiet{visit.instance, visit.at, visit.scope, visit.seen, nullptr};
  const bool holds = alternative(program_.children[instruction.first], quiet, unused);
  const Index branch = program_.children[instruction.first + (holds ? 1 : 2)];
  return branch == none || apply(branch, visit);
}

bool Evaluator::dependent_schema(const Instruction& instruction, const Visit& visit) {
  const auto* members = visit.instance.if_object();
  if (!members || !json::find(*members, program_.names[instruction.first])) return true;
  return apply(instruction.second, visit);
}

Index Evaluator::dynamic_target(const Instruction& instruction, const Visit& visit) const {
  Index out = instruction.first;
  for (const Scope* scope = visit.scope; scope; scope = scope->outer) {  // the outermost wins
    for (const auto& anchor : program_.dynamic_anchors) {
      if (anchor.resource == scope->resource && anchor.anchor == instruction.second) out = anchor.node;
    }
  }
  return out;
}

}  // namespace tomada::schema
