// Plays tests/transcripts/ERA/*.jsonl against the endpoint. A transcript's first line sets the stage
// {"transport", "revision", "list_page"?, "library"?}; each further line is one frame and what must come back:
// {"send": frame | "send_text": text, "headers"?, "status"?, "receive": frame or null, "notices"?: [frame], "type"?:
// name}.
// A header's value may be a list: the header comes once for each. "revision" in a step overrides the stage's. "*" in an
// expected place stands for any value. "type" names the result's type in the revision's published schema. "keep" names
// what later steps write as ${NAME}: a pointer into the answer, or "session" for the id of the session that it began.
// "as" is who sends (others than "local", with a tenant after '@'), "after_ms" how much later than the step before.
#include "core/json/writer.hpp"
#include "tests/support/library_bench.hpp"
#include "tests/support/shared.hpp"
#include "tests/unit/session/wire_schema.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

namespace {

using namespace tomada;
using test::FakeHeaders;
using test::ProtocolBench;

bool fits(const json::value& expected, const json::value& actual) {
  if (expected.is_string() && expected.get_string() == "*") return true;
  if (const auto* members = expected.if_object()) {
    const auto* others = actual.if_object();
    const auto fits_member = [&](const auto& member) {
      const auto* other = others->if_contains(member.key());
      return other && fits(member.value(), *other);
    };
    return others && others->size() == members->size() && std::all_of(members->begin(), members->end(), fits_member);
  }
  if (const auto* elements = expected.if_array()) {
    const auto* others = actual.if_array();
    return others && std::equal(elements->begin(), elements->end(), others->begin(), others->end(), fits);
  }
  return expected == actual;
}

void check_frame(const json::value& expected, const std::string& frame) {
  INFO("received " << frame);
  CHECK(frame.find('\n') == std::string::npos);
  const auto actual = json::read(frame);
  REQUIRE(actual.has_value());
  CHECK(fits(expected, *actual));
}

void check_type(const json::object& step, std::string_view revision, const json::value& frame) {
  const auto* members = frame.if_object();
  const auto* type = json::find_string(step, "type");
  if (!members || !test::has_wire_schema(revision)) return;
  if (const auto* result = json::find(*members, "result"); result && type) {
    CHECK(test::wire_violations(revision, json::view(*type), *result) == "");
  }
  if (json::find(*members, "error")) {
    const bool is_new = revision >= "2025-11-25";
    const auto* id = json::find(*members, "id");
    if (!is_new && (!id || id->is_null())) return;  // plain JSON-RPC practice, beyond the older schemas
    CHECK(test::wire_violations(revision, is_new ? "JSONRPCErrorResponse" : "JSONRPCError", frame) == "");
  }
}

using Kept = std::map<std::string, std::string>;

std::string filled(std::string line, const Kept& kept) {
  for (const auto& [name, value] : kept) {
    const auto mark = text::concat({"${", name, "}"});
    for (auto at = line.find(mark); at != std::string::npos; at = line.find(mark, at + value.size())) {
      line.replace(at, mark.size(), value);
    }
  }
  return line;
}

void keep(const json::object& step, const jsonrpc::Answer& answer, Kept& kept) {
  const auto* names = json::find_object(step, "keep");
  if (!names) return;
  for (const auto& [name, from] : *names) {
    const auto frame = json::read(answer.body).value();
    const bool is_session = from == "session";
    kept[name] = is_session ? answer.session : json::view(frame.at_pointer(from.as_string()).as_string());
    CHECK_FALSE(kept[name].empty());
  }
}

void change_scene(const json::object& step, ProtocolBench& bench) {
  const auto* sender = json::find_string(step, "as");
  const auto name = sender ? json::view(*sender) : "local";
  const auto tenant = name.find('@');
  bench.principal = Principal{};
  if (sender) bench.principal.subject = name.substr(0, tenant);
  if (tenant != name.npos) bench.principal.tenant = name.substr(tenant + 1);
  if (const auto* passed = json::find(step, "after_ms")) bench.clock.advance(Milliseconds{passed->as_int64()});
}

std::string frame_of(const json::object& step) {
  if (const auto* raw = json::find_string(step, "send_text")) return std::string{json::view(*raw)};
  return json::text(step.at("send"));
}

void check_notice(std::string_view revision, const json::value& expected, const std::string& frame) {
  check_frame(expected, frame);
  if (!test::has_wire_schema(revision)) return;
  const auto notice = json::read(frame).value();
  const bool is_progress = notice.at("method") == "notifications/progress";
  CHECK(test::wire_violations(revision, is_progress ? "ProgressNotification" : "LoggingMessageNotification", notice) ==
        "");
}

void play(const json::object& step, ProtocolBench& bench, std::string_view stage_revision, Kept& kept) {
  const auto* own_revision = json::find_string(step, "revision");
  const auto revision = own_revision ? json::view(*own_revision) : stage_revision;
  const auto frame = frame_of(step);
  INFO("sent " << frame.substr(0, 400));
  change_scene(step, bench);
  const auto* headers = json::find_object(step, "headers");
  const auto reply = headers ? bench.send(frame, FakeHeaders{*headers}) : bench.send(frame);
  const auto answers = reply->answers();
  const auto notices = reply->notices();
  const auto* expected_notices = json::find(step, "notices");
  const json::array none;
  const auto& heard = expected_notices ? expected_notices->as_array() : none;
  REQUIRE(notices.size() == heard.size());
  for (std::size_t i = 0; i < notices.size(); ++i) check_notice(revision, heard[i], notices[i]);
  if (!step.contains("receive")) {
    CHECK(answers.empty());
    return;
  }
  REQUIRE(answers.size() == 1);
  if (const auto* status = json::find(step, "status")) CHECK(answers[0].status == status->as_int64());
  keep(step, answers[0], kept);
  const auto& expected = step.at("receive");
  if (expected.is_null()) {
    CHECK(answers[0].body.empty());
    return;
  }
  check_frame(expected, answers[0].body);
  if (const auto actual = json::read(answers[0].body)) check_type(step, revision, *actual);
}

void play(const std::filesystem::path& path) {
  std::ifstream file{path};
  std::string line;
  REQUIRE(std::getline(file, line));
  const auto stage = json::read(line).value().as_object();
  const bool is_http = stage.at("transport") == "http";
  const auto* page = json::find(stage, "list_page");
  ProtocolBench bench{is_http ? session::Transport::http : session::Transport::stdio,
                      page ? static_cast<std::size_t>(page->as_int64()) : 100};
  if (stage.contains("library"))
    bench.publish(bench.standard_tools(), test::library_prompts(), test::library_resources());
  Kept kept;
  int steps = 0;
  for (int number = 2; std::getline(file, line); ++number) {
    if (line.empty() || line.starts_with('#')) continue;
    INFO(path.filename().string() << ":" << number);
    const auto step = json::read(filled(line, kept));
    REQUIRE(step.has_value());
    play(step->as_object(), bench, json::view(stage.at("revision").as_string()), kept);
    ++steps;
  }
  CHECK(steps > 0);
}

}  // namespace

TEST_CASE("every transcript plays as written") {
  const std::filesystem::path folder{TOMADA_SOURCE_DIR "/tests/transcripts"};
  if (!test::has_wire_schema("2026-07-28")) {
    if (test::must_run() && std::filesystem::exists(TOMADA_SHARED_DIR))
      FAIL("the published schemas are not in ../shared");
    std::cout << "SKIPPED: answers are not compared with the published schemas\n";
  }
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
    if (entry.path().extension() == ".jsonl") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  REQUIRE(paths.size() >= 10);
  for (const auto& path : paths) play(path);
}
