#include "core/schema/schema.hpp"

#include "core/schema/compiler.hpp"
#include "core/schema/evaluator.hpp"

namespace tomada::schema {

Schema::Schema(std::unique_ptr<Program> program) : program_{std::move(program)} {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

Result<Schema> Schema::compile(const json::value& definition, const Options& options) {
  auto program = Compiler{options}.compile(definition);
  if (!program) return program.error();
  return Schema{std::move(*program)};
}

bool Schema::accepts(const json::value& instance) const { return Evaluator{*program_}.run(instance, nullptr); }

std::vector<Violation> Schema::violations(const json::value& instance, std::size_t at_most) const {
  if (accepts(instance)) return {};
  Report report{std::max<std::size_t>(1, at_most)};
  Evaluator evaluator{*program_};
  if (evaluator.run(instance, &report) || report.violations().empty()) {
    report.add({}, "a value that fits the schema", describe(instance));
  }
  return std::move(report.violations());
}

}  // namespace tomada::schema
