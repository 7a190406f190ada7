#include "core/schema/report.hpp"

#include "core/base/text.hpp"
#include "core/schema/library.hpp"

#include <algorithm>

namespace tomada::schema {
namespace {

std::size_t depth_of(std::string_view pointer) noexcept {
  return static_cast<std::size_t>(std::count(pointer.begin(), pointer.end(), '/'));
}

// How far into the instance an alternative was followed before it failed.
std::size_t reach(const Report& alternative) noexcept {
  std::size_t out = 0;
  for (const auto& violation : alternative.violations()) out = std::max(out, depth_of(violation.path));
  return out;
}

}  // namespace

std::string Location::pointer() const {
  if (!outer) return {};
  return child_pointer(outer->pointer(), is_element ? std::to_string(position) : std::string{key});
}

std::size_t Location::depth() const noexcept { return outer ? outer->depth() + 1 : 0; }

void Report::add(const Location& at, std::string expected, std::string found) {
  if (is_full()) return;
  violations_.push_back({at.pointer(), std::move(expected), std::move(found)});
}

void Report::add_alternatives(const Location& at, std::vector<Report>& alternatives) {
  const std::string here = at.pointer();
  std::vector<std::string> expected;
  std::string found;
  Report* best = nullptr;
  for (auto& alternative : alternatives) {
    const auto& violations = alternative.violations();
    if (violations.empty()) continue;
    if (violations.size() > 1 || violations.front().path != here) {
      if (!best || reach(alternative) > reach(*best)) best = &alternative;
      continue;
    }
    found = violations.front().found;
    const auto& words = violations.front().expected;
    if (std::find(expected.begin(), expected.end(), words) == expected.end()) expected.push_back(words);
  }
  if (!best) return add(at, expected.empty() ? "another form" : text::join(expected, " or "), found);
  for (auto& violation : best->violations()) {
    if (!is_full()) violations_.push_back(std::move(violation));
  }
}

std::string Violation::text() const {
  return tomada::text::concat({path, path.empty() ? "expected " : ": expected ", expected, ", found ", found});
}

}  // namespace tomada::schema
