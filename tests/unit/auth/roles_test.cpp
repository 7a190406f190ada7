#include "core/auth/roles.hpp"

#include <catch2/catch.hpp>

using tomada::Principal;
using tomada::auth::Role;
using tomada::auth::Roles;

namespace {

Principal with(std::vector<std::string> roles) { return {"ana", "default", std::move(roles)}; }

}  // namespace

TEST_CASE("Without roles every read-only tool is allowed and nothing else") {
  const Roles roles{{}};
  CHECK(roles.allows(with({}), "erp_receivables", true));
  CHECK_FALSE(roles.allows(with({}), "configure_alerts", false));
}

TEST_CASE("The local client may use every tool") {
  const Roles roles{{}};
  CHECK(roles.allows(with({"local"}), "configure_alerts", false));
  CHECK(roles.allows(with({"local"}), "erp_receivables", true));
}

TEST_CASE("A role allows what its patterns cover, read-only or not") {
  const Roles roles{{{"finance", Role{{"erp_*", "health_check_complete"}}}}};
  CHECK(roles.allows(with({"finance"}), "erp_receivables", true));
  CHECK(roles.allows(with({"finance"}), "erp_settle", false));
  CHECK(roles.allows(with({"finance"}), "health_check_complete", true));
  CHECK_FALSE(roles.allows(with({"finance"}), "get_system_metrics", true));
  CHECK_FALSE(roles.allows(with({"finance"}), "xerp_receivables", true));
}

TEST_CASE("Several roles add up") {
  const Roles roles{{{"finance", Role{{"erp_*"}}}, {"operator", Role{{"*_alerts"}}}}};
  CHECK(roles.allows(with({"finance", "operator"}), "configure_alerts", false));
  CHECK(roles.allows(with({"finance", "operator"}), "erp_receivables", true));
  CHECK_FALSE(roles.allows(with({"finance", "operator"}), "get_system_metrics", true));
}

TEST_CASE("A role nobody described grants nothing, not even the default") {
  const Roles roles{{}};
  CHECK_FALSE(roles.allows(with({"typo"}), "erp_receivables", true));
  CHECK(roles.allows(with({"default", "typo"}), "erp_receivables", true));
}

TEST_CASE("The built-in roles can be narrowed") {
  const Roles roles{{{"default", Role{{"health_*"}}}, {"local", Role{{}, true}}}};
  CHECK_FALSE(roles.allows(with({}), "erp_receivables", true));
  CHECK(roles.allows(with({}), "health_check_complete", true));
  CHECK_FALSE(roles.allows(with({"local"}), "configure_alerts", false));
  CHECK(roles.allows(with({"local"}), "erp_receivables", true));
}

TEST_CASE("Roles agree on a tool when every one of them sees it, or none does") {
  const Roles builtin{{}};
  CHECK(builtin.agree_on("erp_receivables", true));
  CHECK_FALSE(builtin.agree_on("configure_alerts", false));  // "local" sees it, "default" does not
  const Roles roles{{{"finance", Role{{"erp_*"}}}, {"local", Role{{}, true}}}};
  CHECK(roles.agree_on("erp_receivables", true));
  CHECK_FALSE(roles.agree_on("get_system_metrics", true));
  CHECK(roles.agree_on("configure_alerts", false));
}

TEST_CASE("Replaced roles answer the next question") {
  Roles roles{{{"finance", Role{{"erp_*"}}}}};
  CHECK(roles.allows(with({"finance"}), "erp_receivables", true));
  roles.replace({{"finance", Role{{"health_*"}}}});
  CHECK_FALSE(roles.allows(with({"finance"}), "erp_receivables", true));
  CHECK(roles.allows(with({}), "erp_receivables", true));
}
