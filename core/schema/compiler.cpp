#include "core/schema/compiler.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace tomada::schema {
namespace {

constexpr std::size_t most_nodes = 20'000;

}  // namespace

Result<std::unique_ptr<Program>> Compiler::compile(const json::value& definition) {
  program_ = std::make_unique<Program>();
  if (auto added = library_.add("", definition); !added) return added.error();
  node_for(&definition);
  compile_pending();
  if (!problem_) check_cycles();
  if (problem_) return *problem_;
  return std::move(program_);
}

void Compiler::compile_pending() {
  for (Index next = 0; !problem_; ++next) {
    if (next == sources_.size()) {
      compile_dynamic_anchors();
      if (next == sources_.size()) return;
    }
    if (sources_.size() > most_nodes) return refuse("the schema has too many subschemas", "", "make it simpler");
    compile_node(next);
  }
}

// Every subschema that a $dynamicRef could lead to, in whatever resource, has to be compiled.
void Compiler::compile_dynamic_anchors() {
  auto& known = program_->dynamic_anchors;
  known.clear();
  for (Index name = 0; name < anchors_.size(); ++name) {
    for (Index resource = 0; resource < library_.resources().size(); ++resource) {
      const auto& anchors = library_.resources()[resource].dynamic_anchors;
      if (const auto found = anchors.find(anchors_[name]); found != anchors.end()) {
        known.push_back({resource, name, node_for(found->second)});
      }
    }
  }
}

void Compiler::compile_node(Index node) {
  const json::value& source = *sources_[node];
  const Place place = library_.place(&source);
  std::vector<Instruction> instructions;
  if (const auto* members = source.if_object()) {
    const Vocabularies vocabularies = library_.resources()[place.resource].vocabularies;
    Draft draft{*members, place, vocabularies, {}};
    compile_keywords(draft);
    instructions = std::move(draft.instructions);
  } else if (const bool* accepts = source.if_bool()) {
    if (!*accepts) instructions.push_back({Operation::never});
  } else {
    refuse("a schema must be an object, true or false", place.pointer);
  }
  std::stable_sort(instructions.begin(), instructions.end(),
                   [](const Instruction& a, const Instruction& b) { return a.operation < b.operation; });
  auto& all = program_->instructions;
  const bool sees = !instructions.empty() && instructions.back().operation >= Operation::unevaluated_elements;
  const auto begin = static_cast<Index>(all.size());
  all.insert(all.end(), instructions.begin(), instructions.end());
  program_->nodes[node] = {begin, static_cast<Index>(all.size()), place.resource, sees};
}

void Compiler::compile_keywords(Draft& draft) {
  references(draft);
  if (draft.vocabularies.has_validation) {
    values(draft);
    numbers(draft);
    requirements(draft);
  }
  texts(draft);
  arrays(draft);
  objects(draft);
  if (draft.vocabularies.has_applicator) {
    members(draft);
    elements(draft);
    contains(draft);
    combinations(draft);
  }
  if (draft.vocabularies.has_unevaluated) unevaluated(draft);
}

void Compiler::references(Draft& draft) {
  for (const std::string_view keyword : {"$id", "$anchor", "$dynamicAnchor", "$schema"}) text(draft, keyword);
  if (const auto* reference = text(draft, "$ref")) {
    const auto target = library_.find(draft.place.resource, json::view(*reference), pointer_of(draft, "$ref"));
    if (!target) return refuse(target.error());
    draft.instructions.push_back({Operation::reference, node_for(*target)});
  }
  if (const auto* reference = text(draft, "$dynamicRef")) {
    const std::string_view name = json::view(*reference);
    const auto target = library_.find(draft.place.resource, name, pointer_of(draft, "$dynamicRef"));
    if (!target) return refuse(target.error());
    const auto* bookend = library_.bookend(draft.place.resource, name);
    const std::string anchor{name.substr(std::min(name.find('#'), name.size() - 1) + 1)};
    draft.instructions.push_back(
        bookend == *target && bookend != nullptr
            ? Instruction{Operation::dynamic_reference, node_for(*target), anchor_number(anchor)}
            : Instruction{Operation::reference, node_for(*target)});
  }
}

void Compiler::unevaluated(Draft& draft) {
  constexpr std::pair<std::string_view, Operation> keywords[] = {
      {"unevaluatedItems", Operation::unevaluated_elements}, {"unevaluatedProperties", Operation::unevaluated_members}};
  for (const auto& [keyword, operation] : keywords) {
    const auto* schema = json::find(draft.members, keyword);
    if (schema) draft.instructions.push_back({operation, subschema(draft, *schema, keyword)});
  }
}

Index Compiler::node_for(const json::value* schema) {
  const auto [known, is_new] = node_numbers_.emplace(schema, static_cast<Index>(sources_.size()));
  if (is_new) {
    sources_.push_back(schema);
    program_->nodes.emplace_back();
  }
  return known->second;
}

Index Compiler::anchor_number(const std::string& name) {
  const auto found = std::find(anchors_.begin(), anchors_.end(), name);
  if (found != anchors_.end()) return static_cast<Index>(found - anchors_.begin());
  anchors_.push_back(name);
  return static_cast<Index>(anchors_.size() - 1);
}

std::vector<Index> Compiler::in_place(Index node) const {
  std::vector<Index> out;
  const Node& of = program_->nodes[node];
  const auto add_children = [&](Index first, Index last) {
    for (Index i = first; i < last; ++i) out.push_back(program_->children[i]);
  };
  for (Index i = of.begin; i < of.end; ++i) {
    const Instruction& instruction = program_->instructions[i];
    switch (instruction.operation) {
      case Operation::all:
      case Operation::any:
      case Operation::one:
        add_children(instruction.first, instruction.second);
        break;
      case Operation::condition:
        add_children(instruction.first, instruction.first + 3);
        break;
      case Operation::negation:
      case Operation::reference:
      case Operation::dynamic_reference:
        out.push_back(instruction.first);
        break;
      case Operation::dependent_schema:
        out.push_back(instruction.second);
        break;
      default:
        break;
    }
  }
  std::erase(out, none);
  return out;
}

// A schema that applies itself to the same instance again would never end.
void Compiler::check_cycles() {
  enum class Mark : std::uint8_t { fresh, open, done };
  struct Visit {
    Index node;
    std::vector<Index> next;
  };
  std::vector<Mark> marks(program_->nodes.size(), Mark::fresh);
  for (Index root = 0; root < marks.size(); ++root) {
    if (marks[root] != Mark::fresh) continue;
    std::vector<Visit> path{{root, in_place(root)}};
    marks[root] = Mark::open;
    while (!path.empty()) {
      if (path.back().next.empty()) {
        marks[path.back().node] = Mark::done;
        path.pop_back();
        continue;
      }
      const Index next = path.back().next.back();
      path.back().next.pop_back();
      if (marks[next] == Mark::open) {
        return refuse("the schema refers to itself without going deeper into the instance",
                      library_.place(sources_[next]).pointer, "break the circle of references");
      }
      if (marks[next] == Mark::done) continue;
      marks[next] = Mark::open;
      path.push_back({next, in_place(next)});
    }
  }
}

void Compiler::refuse(std::string message, std::string where, std::string hint) {
  refuse(failure(ErrorCode::invalid_argument, std::move(message), std::move(where), std::move(hint)));
}

void Compiler::refuse(Error problem) {
  if (!problem_) problem_ = std::move(problem);
}

}  // namespace tomada::schema
