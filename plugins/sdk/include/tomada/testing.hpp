#pragma once
// Test a plugin without a server: a host that answers what the test says, and the plugin linked into the test.
//
//   FakeHost host;
//   host.answer("erp", "/orders", R"({"orders": []})");
//   Plugin plugin{host};                                    // the entry of the linked objects (NAME_objects)
//   const auto outcome = run(plugin, "orders_list", {{"limit", 5}});
//   REQUIRE(outcome.structured.at("total") == 0);
#include <tomada/testing/fake_host.hpp>
#include <tomada/testing/plugin.hpp>
