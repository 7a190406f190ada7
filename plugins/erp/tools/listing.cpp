// A cursor is the offset and a fingerprint of the filters: small, stateless, and refused with other filters, where it
// would silently skip or repeat items.
#include "tools/listing.hpp"

#include "exports.hpp"
#include "tools/table.hpp"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace tomada::erp::tools {
namespace {

// Over the tool and all arguments but those that say how much to show.
std::uint64_t fingerprint(std::string_view what, const json::object& arguments) {
  std::vector<std::string> parts{std::string{what}};
  for (const auto& [key, value] : arguments) {
    if (key == "cursor" || key == "limit" || key == "fresh") continue;
    parts.push_back(std::string{key} + '=' + json::serialize(value));
  }
  std::sort(parts.begin() + 1, parts.end());
  std::uint64_t out = 0xCBF29CE484222325u;
  for (const auto& part : parts) {
    for (const char c : part) out = (out ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
    out = (out ^ 0xFFu) * 0x100000001B3u;
  }
  return out >> 24;
}

std::string in_base_36(std::uint64_t value) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, value, 36);
  return {digits, end.ptr};
}

std::string cursor(std::int64_t offset, std::uint64_t fingerprint) {
  return in_base_36(static_cast<std::uint64_t>(offset)) + '.' + in_base_36(fingerprint);
}

std::int64_t offset_of(const std::string& text, std::uint64_t fingerprint) {
  std::int64_t offset = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), offset, 36);
  if (end.ec == std::errc{} && offset > 0 && text == cursor(offset, fingerprint)) return offset;
  throw sdk::InvalidParams{
      "cursor \"" + text +
      "\" does not belong to these arguments; expected the next_cursor of an answer to exactly the same ones, or none"};
}

std::string portion(const Provenance& provenance) {
  return std::to_string(provenance.rows_read) + " of " + std::to_string(provenance.rows_held);
}

std::string civil_time(std::int64_t unix_ms) {
  constexpr std::int64_t day_ms = 86'400'000;
  const auto days = unix_ms / day_ms, seconds = unix_ms % day_ms / 1'000;
  const auto two = [](std::int64_t number) { return std::to_string(100 + number).substr(1); };
  return Date::from_days(days).iso() + 'T' + two(seconds / 3'600) + ':' + two(seconds / 60 % 60) + ':' +
         two(seconds % 60);
}

}  // namespace

Listing::Listing(std::string_view what, std::string_view narrow, std::string_view narrow_at_source,
                 const json::object& arguments, std::int64_t usual_limit)
    : what_{what}, narrow_{narrow}, narrow_at_source_{narrow_at_source}, fingerprint_{fingerprint(what, arguments)} {
  const Arguments read{arguments};
  slice_.limit = std::clamp<std::int64_t>(read.integer("limit", usual_limit), 1, most_items);
  if (const auto given = read.text("cursor"); !given.empty()) slice_.offset = offset_of(given, fingerprint_);
  export_ = read.text("export");
  if (!export_.empty()) slice_ = {0, most_exported_rows};
}

void Listing::item(json::object facts, const std::string& line) {
  items_.push_back(std::move(facts));
  if (export_.empty()) lines_ += "\n- " + line;
}

void Listing::summary(json::object sums, std::string_view line) {
  sums_ = std::move(sums);
  sums_line_ = line;
}

Answer Listing::finish(const Source& source, const Provenance& provenance, std::int64_t total,
                       const Request& request) && {
  if (!export_.empty()) return exported(source, provenance, total, request);
  const auto returned = static_cast<std::int64_t>(items_.size());
  const auto end = slice_.offset + returned;
  const bool is_last = end >= total || returned == 0;
  json::object facts;
  const auto gaps = note_gaps(facts, provenance);
  std::string text = what_ + (gaps.empty() ? "" : " (" + gaps + ")") + ": " + std::to_string(total) + sums_line_;
  if (returned > 0) text += "; " + std::to_string(slice_.offset + 1) + " to " + std::to_string(end) + ":" + lines_;
  facts["items"] = std::move(items_);
  facts["total"] = total;
  facts["returned"] = returned;
  if (!sums_.empty()) facts["summary"] = std::move(sums_);
  if (!is_last) {
    facts["next_cursor"] = cursor(end, fingerprint_);
    text += "\nnext_cursor: " + cursor(end, fingerprint_);
  }
  stamp(facts, provenance, request);
  text += "\nAs of " + std::string{facts["as_of"].as_string()} + ", " + provenance.currency + '.' +
          note_trouble(facts, provenance);
  if (const auto step = next_step(total, is_last, provenance); !step.empty()) {
    facts["next_step"] = step;
    text += ' ' + step;
  }
  return sourced(source, provenance, std::move(facts), std::move(text));
}

// The facts of a file instead of its rows: they would be a flood.
Answer Listing::exported(const Source& source, const Provenance& provenance, std::int64_t total,
                         const Request& request) {
  if (!request.exports || !request.call) throw sdk::ToolError{"Nothing can be exported here; use limit and cursor."};
  json::object facts{{"total", total}, {"returned", 0}, {"items", json::array{}}};
  const auto gaps = note_gaps(facts, provenance);
  if (!sums_.empty()) facts["summary"] = std::move(sums_);
  stamp(facts, provenance, request);
  request.call->check();
  const json::object about{{"total", total}, {"currency", facts["currency"]}, {"as_of", facts["as_of"]}};
  const auto table =
      export_ == "csv" ? to_csv(items_, most_exported_bytes) : to_json(items_, about, most_exported_bytes);
  const auto kept = request.exports->keep(export_, table.text, *request.call);
  const bool is_complete = table.rows == total && !provenance.is_truncated;
  const auto until = instant(kept.expires_at_ms);
  facts["export"] = json::object{{"uri", kept.uri},
                                 {"rows", table.rows},
                                 {"bytes", table.text.size()},
                                 {"expires_at", until},
                                 {"complete", is_complete}};
  std::string text = what_ + (gaps.empty() ? "" : " (" + gaps + ")") + ": " + std::to_string(total) + sums_line_ +
                     "; " + std::to_string(table.rows) + " rows are in " + kept.uri + " (" +
                     std::to_string(table.text.size()) + " bytes), to be read as a resource by this user until " +
                     until + '.';
  if (!is_complete) {
    facts["next_step"] = "The file is not complete. Narrow with " + narrow_ + " and export again.";
    text += ' ' + std::string{facts["next_step"].as_string()};
  }
  auto link = sdk::link_block(kept.uri, what_ + '.' + export_, kept.mime_type);
  link["size"] = table.text.size();
  auto answer = sourced(source, provenance, std::move(facts), {});
  answer.content = {sdk::text_block(std::move(text)), std::move(link)};
  answer.is_private = true;
  return answer;
}

std::string Listing::next_step(std::int64_t total, bool is_last, const Provenance& provenance) const {
  if (provenance.is_only_of_names)
    return "Partial: names were looked for among the newest " + portion(provenance) +
           " partners only. Look for the whole CNPJ or CPF instead.";
  if (provenance.is_truncated)
    return "Partial: totals cover the newest " + portion(provenance) + " records only." +
           (narrow_at_source_.empty() ? std::string{} : " Narrow with " + narrow_at_source_ + '.');
  if (total == 0) return "Nothing matches. Drop or widen a filter: " + narrow_ + '.';
  if (slice_.offset >= total) return "The list ends before this cursor. Leave the cursor out to begin again.";
  if (is_last) return {};
  return "For more, repeat the call with cursor = next_cursor, or narrow with " + narrow_ + '.';
}

bool is_detailed(const Arguments& read) {
  constexpr std::array<std::string_view, 2> formats{"concise", "detailed"};
  enum class Format { concise, detailed };
  return read.choice("response_format", formats, Format::concise) == Format::detailed;
}

std::string note_gaps(json::object& facts, const Provenance& provenance) {
  if (!provenance.is_truncated) return {};
  facts["partial"] = json::object{{"read", provenance.rows_read}, {"held", provenance.rows_held}};
  return "partial: the newest " + portion(provenance) + " records were read";
}

std::string note_trouble(json::object& facts, const Provenance& provenance) {
  if (provenance.trouble.empty()) return {};
  facts["stale"] = provenance.trouble;
  return " These facts are not of now: " + provenance.trouble;
}

void stamp(json::object& facts, const Provenance& provenance, const Request& request) {
  const auto as_of_ms = provenance.as_of_ms ? provenance.as_of_ms : request.now_ms;
  facts["currency"] = provenance.currency;
  facts["as_of"] = provenance.is_in_utc ? instant_in_utc(as_of_ms) : instant(as_of_ms);
}

std::string instant(std::int64_t unix_ms) {
  constexpr std::int64_t behind_utc_ms = 3 * 3'600'000;
  return civil_time(unix_ms - behind_utc_ms) + "-03:00";
}

std::string instant_in_utc(std::int64_t unix_ms) { return civil_time(unix_ms) + 'Z'; }

Answer sourced(const Source& source, const Provenance& provenance, json::object facts, std::string text) {
  Answer answer{std::move(facts), std::move(text)};
  answer.source = source.name();
  answer.age_ms = provenance.age_ms;
  answer.refresh_in_ms = provenance.refresh_in_ms;
  answer.read_at_ms = provenance.as_of_ms;
  answer.is_copy = provenance.as_of_ms != 0 && !provenance.was_asked;
  return answer;
}

}  // namespace tomada::erp::tools
