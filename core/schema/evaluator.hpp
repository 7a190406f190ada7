#pragma once
// Evaluator: applies a program to one instance.
#include "core/schema/evaluated.hpp"
#include "core/schema/program.hpp"
#include "core/schema/report.hpp"

namespace tomada::schema {

class Evaluator final {
 public:
  explicit Evaluator(const Program& program) : program_{program} {}

  [[nodiscard]] bool run(const json::value& instance, Report* report);  // report may be null: only the verdict counts

 private:
  // The resources entered on the way here, innermost first: where $dynamicRef looks.
  struct Scope {
    const Scope* outer;
    Index resource;
  };
  struct Visit {
    const json::value& instance;
    const Location& at;
    const Scope* scope;
    Evaluated* seen;  // null: nobody asks
    Report* report;   // null: nobody asks
  };

  bool apply(Index node, const Visit& visit);
  bool apply_here(const Node& node, const Visit& visit);
  bool apply_inside(Index node, const Visit& visit, const json::value& child, const Location& at);
  bool apply_quietly(Index node, const Visit& visit);  // neither marks nor reports
  bool step(const Instruction& instruction, const Visit& visit);

  bool all(const Instruction& instruction, const Visit& visit);
  bool any(const Instruction& instruction, const Visit& visit);
  bool one(const Instruction& instruction, const Visit& visit);
  bool alternative(Index node, const Visit& visit, std::vector<Report>& failed);
  bool negation(const Instruction& instruction, const Visit& visit);
  bool condition(const Instruction& instruction, const Visit& visit);
  bool dependent_schema(const Instruction& instruction, const Visit& visit);
  Index dynamic_target(const Instruction& instruction, const Visit& visit) const;

  bool members(const MemberRule& rule, const Visit& visit);
  bool member(const MemberRule& rule, const Visit& visit, std::size_t position);
  bool member_names(Index node, const Visit& visit);
  bool unevaluated_members(Index node, const Visit& visit);
  bool elements(const ElementRule& rule, const Visit& visit);
  bool contains(const ContainRule& rule, const Visit& visit);
  bool unevaluated_elements(Index node, const Visit& visit);

  const Program& program_;
  std::size_t steps_ = 0;
  std::size_t depth_ = 0;
  bool is_exhausted_ = false;
};

}  // namespace tomada::schema
