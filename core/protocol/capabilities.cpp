#include "core/protocol/capabilities.hpp"

#include "core/protocol/names.hpp"

#include <algorithm>

namespace tomada::protocol {
namespace {

bool offers_apps(const registry::Catalogue& catalogue) {
  const auto is_app = [](const auto& resource) { return resource->description().uri.starts_with("ui://"); };
  const auto any = [&](const registry::Resources& all) { return std::any_of(all.begin(), all.end(), is_app); };
  return any(catalogue.resources()) || any(catalogue.templates());
}

// Clients of 2025-11-25 that show apps say so in their initialize; tasks are the newer era's.
void write_extensions(std::string& out, const registry::Catalogue& catalogue, const Revision& revision) {
  const bool has_apps = revision.has_icons && offers_apps(catalogue);
  const bool has_tasks = revision.era == Era::modern && offers_tasks(catalogue);
  if (!has_apps && !has_tasks) return;
  out.append(R"(,"extensions":{)");
  if (has_apps) out.append("\"").append(names::apps_extension).append("\":{}");
  if (has_apps && has_tasks) out.push_back(',');
  if (has_tasks) out.append("\"").append(names::tasks_extension).append("\":{}");
  out.push_back('}');
}

}  // namespace

bool offers_prompts(const registry::Catalogue& catalogue) noexcept { return !catalogue.prompts().empty(); }

bool offers_resources(const registry::Catalogue& catalogue) noexcept {
  return !catalogue.resources().empty() || !catalogue.templates().empty();
}

bool offers_completions(const registry::Catalogue& catalogue) noexcept { return catalogue.completes(); }

bool offers_tasks(const registry::Catalogue& catalogue) noexcept { return catalogue.has_tasks(); }

void write_capabilities(std::string& out, const registry::Catalogue& catalogue, const Revision& revision,
                        Hearing hearing) {
  const bool tells = hearing == Hearing::changes;
  const std::string_view list = tells ? R"({"listChanged":true})" : "{}";
  out.append(R"({"tools":)").append(list);
  if (offers_prompts(catalogue)) out.append(R"(,"prompts":)").append(list);
  if (offers_resources(catalogue)) {
    out.append(R"(,"resources":)").append(tells ? R"({"subscribe":true,"listChanged":true})" : "{}");
  }
  if (offers_completions(catalogue) && revision.has_annotations) out.append(R"(,"completions":{})");
  if (revision.era == Era::modern || tells) out.append(R"(,"logging":{})");
  write_extensions(out, catalogue, revision);
  out.push_back('}');
}

}  // namespace tomada::protocol
