// Lines: {"at","record":"intent","id","plugin","tool","subject","tenant","correlation","key","digest","arguments"} and
// {"at","record":"outcome","id","state","facts"}. Secrets that the log hides are hidden here too.
#include "core/audit/trail.hpp"

#include "core/base/digest.hpp"
#include "core/base/id.hpp"
#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <algorithm>
#include <utility>

namespace tomada::audit {
namespace {

constexpr std::string_view state_names[] = {"done", "refused", "unknown"};
constexpr std::size_t id_bytes = 8, digest_digits = 32, key_digits = 19;

std::string digest_of(const Intent& intent) {
  std::string text;
  json::write_canonical(text, intent.arguments);
  return digest({intent.tool, text}).substr(0, digest_digits);
}

std::string text_of(const json::object& from, std::string_view name) {
  const auto* found = json::find_string(from, name);
  return found ? std::string{json::view(*found)} : std::string{};
}

std::optional<Record> record_of(const Journal::Line& line) {
  auto value = line.is_whole ? json::read(line.text) : Result<json::value>{failure(ErrorCode::invalid_argument, "")};
  if (!value || !value->is_object() || text_of(value->get_object(), "id").empty()) return std::nullopt;
  return Record{text_of(value->get_object(), "id"), std::move(value->get_object())};
}

// Takes a line in: an intent of the key, or the outcome of one that was found.
void add(std::vector<Earlier>& found, const Record& record, std::string_view key, std::string_view digest) {
  const auto& line = record.line;
  if (text_of(line, "key") == key) {
    found.push_back({record.id, text_of(line, "at"), "open", text_of(line, "digest") == digest, {}});
    return;
  }
  const auto of = std::ranges::find(found, record.id, &Earlier::id);
  if (of == found.end() || text_of(line, "record") != "outcome") return;
  of->state = text_of(line, "state");
  if (const auto* facts = json::find_object(line, "facts")) of->facts = *facts;
}

}  // namespace

Trail::Trail(const std::string& folder, const Clock& clock, log::Logger& log, Bounds bounds)
    : journal_{folder, bounds}, clock_{clock}, log_{log} {}

std::string Trail::key(const Intent& intent, std::string_view seed) {
  return "T" + digest({intent.tenant, intent.subject, intent.plugin, intent.tool, seed}).substr(0, key_digits);
}

Result<std::string> Trail::begin(const Intent& intent) {
  auto id = random_hex(id_bytes);
  json::object line{{"at", rfc3339(clock_.wall_now())}, {"record", "intent"}, {"id", id}};
  line["plugin"] = intent.plugin;
  line["tool"] = intent.tool;
  line["subject"] = intent.subject;
  line["tenant"] = intent.tenant;
  line["correlation"] = intent.correlation;
  line["key"] = intent.key;
  line["digest"] = digest_of(intent);
  line["arguments"] = intent.arguments;
  if (const auto written = write(line); !written) return written.error();
  return id;
}

Result<void> Trail::end(std::string_view id, Ending ending, const json::object& facts) {
  json::object line{{"at", rfc3339(clock_.wall_now())}, {"record", "outcome"}, {"id", json::key(id)}};
  line["state"] = json::key(state_names[static_cast<std::size_t>(ending)]);
  line["facts"] = facts;
  return write(line);
}

Result<void> Trail::write(const json::object& line) {
  std::string text;
  json::write(text, line);
  return journal_.append(log_.redact(text));
}

// Only lines that can be of this key are read as JSON: its intents, and after them the outcomes of those.
Result<std::optional<Earlier>> Trail::find(const Intent& intent) const {
  const auto digest = digest_of(intent);
  std::vector<Earlier> found;
  std::int64_t unreadable = 0;
  const auto is_of = [&](const Journal::Line& line) {
    const auto names = [&](const std::string& word) { return line.text.find(word) != std::string_view::npos; };
    return names(intent.key) || std::ranges::any_of(found, [&](const Earlier& each) { return names(each.id); });
  };
  const auto read = journal_.each([&](const Journal::Line& line) {
    if (!line.is_whole) ++unreadable;
    if (!is_of(line)) return;
    if (const auto record = record_of(line)) add(found, *record, intent.key, digest);
  });
  if (!read) return read.error();
  if (unreadable > 0)
    log_.warning("the audit trail ends in half a line; it is skipped, all others are whole",
                 {{"file", journal_.path()}});
  if (found.empty()) return std::optional<Earlier>{};
  const auto done = std::ranges::find(found, "done", &Earlier::state);
  return std::optional{done == found.end() ? found.back() : *done};
}

Result<Reading> Trail::read() const {
  Reading out;
  const auto read = journal_.each([&out](const Journal::Line& line) {
    auto record = record_of(line);
    if (record) return out.records.push_back(std::move(*record));
    ++out.unreadable;
  });
  if (!read) return read.error();
  return out;
}

}  // namespace tomada::audit
