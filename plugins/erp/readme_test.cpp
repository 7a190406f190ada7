#include "fixture.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>
#include <string>

using namespace tomada::erp;

TEST_CASE("the README shows what the tools really answer") {
  std::ifstream file{TOMADA_ERP_FOLDER "/README.md"};
  REQUIRE(file);
  std::stringstream whole;
  whole << file.rdbuf();
  const auto readme = whole.str();
  const std::string prompt = "```\n$ tomada tools call ";
  PluginFixture plugin;
  int examples = 0;
  for (auto at = readme.find(prompt); at != std::string::npos; at = readme.find(prompt, at + 1), ++examples) {
    const auto begin = at + prompt.size();
    const auto line = readme.substr(begin, readme.find('\n', begin) - begin);
    const auto answer = begin + line.size() + 1;
    const auto quote = line.find(" '");
    const auto arguments = quote == std::string::npos ? "{}" : line.substr(quote + 2, line.size() - quote - 3);
    INFO(line);
    const auto outcome = plugin.ask(line.substr(0, quote).c_str(), tomada::testing::json::parse(arguments).as_object());
    CHECK(outcome.text() == readme.substr(answer, readme.find("\n```", answer) - answer));
  }
  REQUIRE(examples == 11);
}
