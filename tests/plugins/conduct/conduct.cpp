// On the bare ABI, without the SDK, whose job it is to prevent most of this.
#include "conduct.hpp"

#include <tomada/health.h>

#include <string_view>
#include <vector>

namespace {

using namespace conduct;

struct Lists {
  std::vector<const tomada_tool*> tools;
  std::vector<Run> runs;
  tomada_tools table{};
};

void call_tool(void* instance, tomada_call* call);

const Lists& lists() {
  static const Lists all = [] {
    Lists out;
    for (unsigned i = 0; i < good_count; ++i) {
      out.tools.push_back(&good[i].tool);
      out.runs.push_back(good[i].run);
    }
    for (unsigned i = 0; i < bad_count; ++i) {
      out.tools.push_back(&bad[i].tool);
      out.runs.push_back(bad[i].run);
    }
    out.table = {sizeof(tomada_tools), static_cast<std::uint32_t>(out.tools.size()), nullptr, &call_tool};
    return out;
  }();
  return all;
}

void call_tool(void* instance, tomada_call* call) {
  lists().runs[call->tool](*static_cast<Instance*>(instance), *call);
}

void* load(const tomada_host* host, void*, tomada_sink) {
  return new Instance{{host->instance.data, host->instance.size}};
}
void unload(void* instance) { delete static_cast<Instance*>(instance); }

void report(void*, void* context, tomada_sink out) {
  out(context, text(R"({"status": "degraded", "reason": "it behaves badly on purpose", "details": {"tools": 2}})"));
}

const void* extension(void* instance, const char* id) {
  static const tomada_tools table = [] {
    auto out = lists().table;
    out.list = lists().tools.data();
    return out;
  }();
  static const tomada_health health{sizeof health, &report};
  if (std::string_view{id} == TOMADA_TOOLS) return &table;
  if (std::string_view{id} == TOMADA_PROMPTS) return &prompts;
  if (std::string_view{id} == TOMADA_RESOURCES) return &static_cast<Instance*>(instance)->shelf.table();
  return std::string_view{id} == TOMADA_HEALTH ? &health : nullptr;
}

}  // namespace

const tomada_plugin TOMADA_PLUGIN_ENTRY = {
    sizeof(tomada_plugin), TOMADA_ABI_MAJOR, TOMADA_ABI_MINOR, "test.conduct", "1.0.0", &load, &unload, &extension};
