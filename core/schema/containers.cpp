#include "core/base/text.hpp"
#include "core/schema/evaluator.hpp"

// The part of the evaluator that goes into objects and arrays.
namespace tomada::schema {
namespace {

std::string_view name_of(const json::object::value_type& member) noexcept {
  return {member.key().data(), member.key().size()};
}

}  // namespace

bool Evaluator::members(const MemberRule& rule, const Visit& visit) {
  const auto* object = visit.instance.if_object();
  if (!object) return true;
  bool holds = true;
  for (std::size_t i = 0; i < object->size(); ++i) {
    if (member(rule, visit, i)) continue;
    holds = false;
    if (!visit.report || visit.report->is_full()) return false;
  }
  return holds;
}

bool Evaluator::member(const MemberRule& rule, const Visit& visit, std::size_t position) {
  const auto& entry = visit.instance.get_object().begin()[position];
  const std::string_view name = name_of(entry);
  const Location at{&visit.at, name};
  const Index named = rule.find(name);
  bool is_known = named != none;
  bool holds = !is_known || apply_inside(named, visit, entry.value(), at);
  for (const auto& matched : rule.matched) {
    if (!program_.patterns[matched.pattern].matches(name)) continue;
    is_known = true;
    holds = apply_inside(matched.node, visit, entry.value(), at) && holds;
  }
  if (!is_known && rule.additional != none) {
    is_known = true;
    if (visit.report && program_.is_never(rule.additional)) {
      visit.report->add(at, known_members(rule, name), describe(entry.value()));
      holds = false;
    } else {
      holds = apply_inside(rule.additional, visit, entry.value(), at);
    }
  }
  if (is_known && visit.seen) visit.seen->mark(position);
  return holds;
}

bool Evaluator::member_names(Index node, const Visit& visit) {
  const auto* object = visit.instance.if_object();
  if (!object) return true;
  for (const auto& entry : *object) {
    const Location at{&visit.at, name_of(entry)};
    const json::value name(json::key(name_of(entry)));
    if (apply(node, {name, at, visit.scope, nullptr, nullptr})) continue;
    if (!visit.report) return false;
    Report why{1};
    static_cast<void>(apply(node, {name, at, visit.scope, nullptr, &why}));
    const std::string expected = why.violations().empty() ? "another name" : why.violations().front().expected;
    visit.report->add(visit.at, "property names to be " + expected, describe(name));
    return false;
  }
  return true;
}

bool Evaluator::unevaluated_members(Index node, const Visit& visit) {
  const auto* object = visit.instance.if_object();
  if (!object) return true;
  bool holds = true;
  for (std::size_t i = 0; i < object->size(); ++i) {
    if (visit.seen->has(i)) continue;
    const auto& entry = object->begin()[i];
    const Location at{&visit.at, name_of(entry)};
    if (visit.report && program_.is_never(node)) {
      visit.report->add(at, "no property of this name", describe(entry.value()));
      holds = false;
    } else if (apply_inside(node, visit, entry.value(), at)) {
      visit.seen->mark(i);
    } else {
      holds = false;
    }
    if (!holds && (!visit.report || visit.report->is_full())) return false;
  }
  return holds;
}

bool Evaluator::elements(const ElementRule& rule, const Visit& visit) {
  const auto* array = visit.instance.if_array();
  if (!array) return true;
  bool holds = true;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const Index node = i < rule.prefix.size() ? rule.prefix[i] : rule.rest;
    if (node == none) break;
    if (visit.seen) visit.seen->mark(i);
    const Location at{&visit.at, {}, i, true};
    if (apply_inside(node, visit, (*array)[i], at)) continue;
    holds = false;
    if (!visit.report || visit.report->is_full()) return false;
  }
  return holds;
}

bool Evaluator::contains(const ContainRule& rule, const Visit& visit) {
  const auto* array = visit.instance.if_array();
  if (!array) return true;
  std::size_t count = 0;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const Location at{&visit.at, {}, i, true};
    if (!apply(rule.node, {(*array)[i], at, visit.scope, nullptr, nullptr})) continue;
    ++count;
    if (visit.seen) visit.seen->mark(i);
  }
  const bool holds = count >= rule.least && count <= rule.most;
  if (holds || !visit.report) return holds;
  const bool is_few = count < rule.least;
  const std::size_t limit = is_few ? rule.least : rule.most;
  visit.report->add(visit.at,
                    text::concat({is_few ? "at least " : "at most ", std::to_string(limit),
                                  limit == 1 ? " element" : " elements", " of a certain kind"}),
                    text::concat({std::to_string(count), " of them"}));
  return false;
}

bool Evaluator::unevaluated_elements(Index node, const Visit& visit) {
  const auto* array = visit.instance.if_array();
  if (!array) return true;
  bool holds = true;
  for (std::size_t i = 0; i < array->size(); ++i) {
    if (visit.seen->has(i)) continue;
    const Location at{&visit.at, {}, i, true};
    if (visit.report && program_.is_never(node)) {
      visit.report->add(at, "no further element", describe((*array)[i]));
      holds = false;
    } else if (apply_inside(node, visit, (*array)[i], at)) {
      visit.seen->mark(i);
    } else {
      holds = false;
    }
    if (!holds && (!visit.report || visit.report->is_full())) return false;
  }
  return holds;
}

}  // namespace tomada::schema
