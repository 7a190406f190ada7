#pragma once
// Compiler: a schema's JSON to its Program. Subschemas are numbered when first met and compiled in that order, so that
// references, however circular or long, need no recursion.
#include "core/schema/library.hpp"
#include "core/schema/program.hpp"

#include <memory>
#include <optional>
#include <unordered_map>

namespace tomada::schema {

class Compiler final {
 public:
  explicit Compiler(const Options& options) : options_{options}, library_{options.documents} {}

  [[nodiscard]] Result<std::unique_ptr<Program>> compile(const json::value& definition);

 private:
  struct Draft {  // the node being compiled
    const json::object& members;
    const Place& place;
    const Vocabularies& vocabularies;
    std::vector<Instruction> instructions;
  };

  void compile_pending();
  void compile_node(Index node);
  void compile_keywords(Draft& draft);
  void compile_dynamic_anchors();

  void values(Draft& draft);  // type, enum, const
  void numbers(Draft& draft);
  void texts(Draft& draft);
  void arrays(Draft& draft);
  void objects(Draft& draft);
  void requirements(Draft& draft);  // required, dependentRequired
  void members(Draft& draft);       // properties, patternProperties, additionalProperties
  void elements(Draft& draft);      // prefixItems, items
  void contains(Draft& draft);
  void combinations(Draft& draft);  // allOf, anyOf, oneOf, not, if, dependentSchemas
  void references(Draft& draft);
  void unevaluated(Draft& draft);

  void count(Draft& draft, std::string_view keyword, Operation operation);
  void number(Draft& draft, std::string_view keyword, Operation operation);
  void children(Draft& draft, std::string_view keyword, Operation operation);
  std::optional<std::size_t> count_of(const Draft& draft, std::string_view keyword);
  std::optional<Index> type_bits(const Draft& draft, const json::value& types);
  std::optional<Index> pattern(std::string_view source, const std::string& pointer);
  bool append_names(const json::value& list, const std::string& pointer);  // to the program's names
  Index subschema(const Draft& draft, const json::value& schema, std::string_view keyword, std::string_view key = {});
  const json::object* map(const Draft& draft, std::string_view keyword);
  const json::array* list(const Draft& draft, std::string_view keyword);
  const json::string* text(const Draft& draft, std::string_view keyword);

  Index node_for(const json::value* schema);
  Index anchor_number(const std::string& name);
  void check_cycles();
  [[nodiscard]] std::vector<Index> in_place(Index node) const;  // the nodes applied to the same instance

  void refuse(std::string message, std::string where, std::string hint = {});
  void refuse(Error problem);
  static std::string pointer_of(const Draft& draft, std::string_view keyword) {
    return child_pointer(draft.place.pointer, keyword);
  }

  const Options& options_;
  Library library_;
  std::unique_ptr<Program> program_;
  std::optional<Error> problem_;                                // the first one
  std::vector<const json::value*> sources_;                     // by node
  std::unordered_map<const json::value*, Index> node_numbers_;  // the reverse
  std::vector<std::string> anchors_;                            // names that a $dynamicRef uses, by number
};

}  // namespace tomada::schema
