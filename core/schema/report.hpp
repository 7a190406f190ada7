#pragma once
// Report: violations collected while a schema is applied, in words that a model can act on.
#include "core/schema/program.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tomada::schema {

// Where the evaluator is in the instance; a chain on its stack, turned into text only when something is wrong.
struct Location {
  const Location* outer = nullptr;
  std::string_view key;
  std::size_t position = 0;
  bool is_element = false;

  [[nodiscard]] std::string pointer() const;
  [[nodiscard]] std::size_t depth() const noexcept;
};

class Report final {
 public:
  explicit Report(std::size_t at_most) : at_most_{at_most} {}

  [[nodiscard]] bool is_full() const noexcept { return violations_.size() >= at_most_; }
  [[nodiscard]] std::vector<Violation>& violations() noexcept { return violations_; }
  [[nodiscard]] const std::vector<Violation>& violations() const noexcept { return violations_; }
  void add(const Location& at, std::string expected, std::string found);
  void add_alternatives(const Location& at, std::vector<Report>& alternatives);
  // Nobody of several fits: joins what they expect here, or says why the one that came farthest does not.

 private:
  std::size_t at_most_;
  std::vector<Violation> violations_;
};

[[nodiscard]] std::string describe(const json::value& value);  // short: "\"tomorrow\"", "an array of 3"
[[nodiscard]] std::string expectation(const Program& program, const Instruction& instruction,
                                      const json::value& instance);
[[nodiscard]] std::string finding(const Instruction& instruction, const json::value& instance);
[[nodiscard]] std::string known_members(const MemberRule& rule, std::string_view unknown);
// "no property of this name (did you mean \"limit\"?)"

}  // namespace tomada::schema
