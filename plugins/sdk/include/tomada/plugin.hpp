#pragma once
// The C++ SDK: write a class, name its tools, done. Needs Boost.JSON's headers and C++20; nothing at run time.
//
//   class Hello {
//    public:
//     explicit Hello(Host host);                                // its destructor is the unload
//     Answer greet(const json::object& arguments, Call& call);  // throws ToolError, InvalidParams
//     json::object health() const;                              // optional
//     std::vector<Prompt<Hello>> prompts();                     // optional, as the next: asked once
//     std::vector<Resource<Hello>> resources();
//   };
//   TOMADA_PLUGIN(Hello, "example.hello", "1.0.0", tool("hello_greet", definitions::hello_greet, &Hello::greet));
#include <tomada/sdk/adapter.hpp>
#include <tomada/sdk/answer.hpp>
#include <tomada/sdk/call.hpp>
#include <tomada/sdk/content.hpp>
#include <tomada/sdk/database.hpp>
#include <tomada/sdk/host.hpp>
#include <tomada/sdk/prompt.hpp>
#include <tomada/sdk/questions.hpp>
#include <tomada/sdk/resource.hpp>
#include <tomada/sdk/text.hpp>
#include <tomada/sdk/tool.hpp>
#include <tomada/sdk/trail.hpp>

// Tools known when the plugin is written: TOMADA_PLUGIN(Class, "id", "version", tool(…), tool(…));
#define TOMADA_PLUGIN(Class, plugin_id, plugin_version, ...)                            \
  namespace {                                                                           \
  struct TomadaTools {                                                                  \
    static std::vector<::tomada::sdk::Tool<Class>> of(Class&) { return {__VA_ARGS__}; } \
  };                                                                                    \
  }                                                                                     \
  constinit const tomada_plugin TOMADA_PLUGIN_ENTRY =                                   \
      ::tomada::sdk::Adapter<Class, TomadaTools>::entry(plugin_id, plugin_version)

// Tools decided at load: Class has `std::vector<Tool<Class>> tools()`, called once after construction.
#define TOMADA_PLUGIN_DYNAMIC(Class, plugin_id, plugin_version)                                 \
  namespace {                                                                                   \
  struct TomadaTools {                                                                          \
    static std::vector<::tomada::sdk::Tool<Class>> of(Class& plugin) { return plugin.tools(); } \
  };                                                                                            \
  }                                                                                             \
  constinit const tomada_plugin TOMADA_PLUGIN_ENTRY =                                           \
      ::tomada::sdk::Adapter<Class, TomadaTools>::entry(plugin_id, plugin_version)
