#include "core/protocol/methods.hpp"

#include "core/protocol/capabilities.hpp"
#include "core/protocol/completion.hpp"
#include "core/protocol/identity.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/prompts.hpp"
#include "core/protocol/resources.hpp"
#include "core/protocol/tools.hpp"

#include <algorithm>
#include <iterator>

namespace tomada::protocol {

const Methods::Method Methods::table[8] = {
    {names::call_tool, nullptr, &tools::call_problem, &Methods::call_tool},
    {names::list_tools, nullptr, nullptr, &Methods::list_tools},
    {names::get_prompt, &offers_prompts, &prompts::get_problem, &Methods::get_prompt},
    {names::list_prompts, &offers_prompts, nullptr, &Methods::list_prompts},
    {names::read_resource, &offers_resources, &resources::read_problem, &Methods::read_resource},
    {names::list_resources, &offers_resources, nullptr, &Methods::list_resources},
    {names::list_templates, &offers_resources, nullptr, &Methods::list_templates},
    {names::complete, &offers_completions, &completion::complete_problem, &Methods::complete},
};

Methods::Methods(Service& service)
    : service_{service},
      server_info_{std::make_shared<const std::string>(write_identity(service.identity, modern_revision()))},
      calls_{service, server_info_},
      tools_{service, tool_list, *server_info_},
      prompts_{service, prompt_list, *server_info_},
      resources_{service, resource_list, *server_info_},
      templates_{service, template_list, *server_info_} {}

const Methods::Method* Methods::find(std::string_view name) const {
  const auto is_it = [name](const Method& method) { return method.name == name; };
  const auto* found = std::find_if(std::begin(table), std::end(table), is_it);
  if (found == std::end(table)) return nullptr;
  return !found->is_offered || found->is_offered(*service_.dispatcher.catalogue()) ? found : nullptr;
}

void Methods::call_tool(Request&& request) { tools::call(calls_, std::move(request)); }

void Methods::get_prompt(Request&& request) {
  prompts::get(calls_, *service_.dispatcher.catalogue(), std::move(request));
}

void Methods::read_resource(Request&& request) {
  resources::read(calls_, *service_.dispatcher.catalogue(), std::move(request));
}

void Methods::complete(Request&& request) {
  completion::complete(calls_, service_, *service_.dispatcher.catalogue(), std::move(request));
}

}  // namespace tomada::protocol
