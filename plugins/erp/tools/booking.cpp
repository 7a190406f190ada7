// The key is the caller's, or made of person, tool, facts and day: a retry, also one after a crash, finds the earlier
// attempt in the trail or in the ERP itself, which takes a key once. The question has the facts' digest in its name, so
// that a yes to one thing is never a yes to another.
#include "tools/booking.hpp"

#include <algorithm>
#include <cstdio>

namespace tomada::erp::tools {
namespace {

constexpr std::size_t longest_key = 60;

std::string digest(std::string_view text) {  // FNV-1a
  std::uint64_t hash = 14695981039346656037u;
  for (const unsigned char byte : text) hash = (hash ^ byte) * 1099511628211u;
  char out[17];
  return {out,
          static_cast<std::size_t>(std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(hash)))};
}

std::string seed_of(Date day, const json::object& facts) { return "day " + day.iso() + ' ' + sdk::write(facts); }

// An attempt of the day before of which nobody knew today how it had ended: this call is its repetition, not another
// entry.
sdk::Trail trail_of(const Proposal& proposal, const Arguments& arguments, const Request& request,
                    const sdk::Host& host) {
  const auto given = plain_text(arguments, "idempotency_key", longest_key);
  if (!given.empty()) return {host, *request.call, proposal.facts, "given " + given};
  sdk::Trail now{host, *request.call, proposal.facts, seed_of(request.today, proposal.facts)};
  if (now.earlier()) return now;
  auto facts = proposal.facts;
  auto* issued = facts.if_contains("issued_on");
  if (issued && *issued == json::value(request.today.iso())) *issued = (request.today - 1).iso();
  const auto seed = seed_of(request.today - 1, facts);
  sdk::Trail before{host, *request.call, std::move(facts), seed};
  const auto& earlier = before.earlier();
  if (!earlier) return now;
  const bool is_unsettled = earlier->state == "open" || earlier->state == "unknown";
  const bool is_settled_today = earlier->state == "done" && earlier->at >= request.today.iso();
  return is_unsettled || is_settled_today ? before : now;
}

Answer answer(const Source& source, json::object facts, std::string text) {
  Answer out{std::move(facts), std::move(text)};
  out.source = source.name();
  return out;
}

Answer booked(const Source& source, const Proposal& proposal, const sdk::Trail& trail, const Booking& booking) {
  json::object facts{{"booked", true}, {"id", booking.id}, {"key", trail.key()}, {"repeated", booking.was_there}};
  facts["entry"] = proposal.facts;
  const std::string again =
      booking.was_there ? " It was booked before under this key, so nothing was booked now; for another one like "
                          "it, give an idempotency_key of its own."
                        : "";
  return answer(source, std::move(facts), "Booked: " + proposal.what + " " + booking.id + '.' + again);
}

Answer not_booked(const Source& source, const Proposal& proposal, const sdk::Trail& trail, std::string_view action) {
  json::object facts{{"booked", false}, {"key", trail.key()}};
  facts["reason"] = json::string_view{action.data(), action.size()};
  facts["entry"] = proposal.facts;
  return answer(source, std::move(facts),
                "Nothing was sent and nothing booked: the user " +
                    std::string{action == "cancel" ? "closed the question" : "said no"} +
                    ". Do not ask again unasked.");
}

// "accept", "decline" or "cancel"; a yes is both the form sent and its box ticked.
std::string ask(const Proposal& proposal, const sdk::Trail& trail, const sdk::Call& call) {
  const json::object box{{"type", "boolean"}, {"title", "Book this / Lançar"}, {"default", false}};
  const json::object form{
      {"type", "object"}, {"properties", json::object{{"confirm", box}}}, {"required", json::array{"confirm"}}};
  const auto name = "book_" + trail.key() + '_' + digest(sdk::write(proposal.facts));
  const auto said = call.ask(name, proposal.question, form);
  const auto* action = said.if_contains("action");
  if (!action || !action->is_string()) return "cancel";
  if (action->get_string() != "accept") return action->get_string().c_str();
  const auto* content = said.if_contains("content");
  const auto* confirm = content && content->is_object() ? content->get_object().if_contains("confirm") : nullptr;
  return confirm && confirm->is_bool() && confirm->get_bool() ? "accept" : "decline";
}

Booking send(const Proposal& proposal, sdk::Trail& trail) {
  trail.begin();
  try {
    auto out = proposal.send(trail.key());
    trail.end(TOMADA_DONE, {{"id", out.id}});
    return out;
  } catch (const Unsettled& error) {
    trail.end(TOMADA_UNKNOWN, {{"message", error.what()}});
    throw;
  } catch (const sdk::ToolError& error) {
    trail.end(TOMADA_REFUSED, {{"message", error.what()}});
    throw;
  } catch (...) {
    trail.end(TOMADA_UNKNOWN, {});
    throw;
  }
}

std::string id_of(const sdk::json::object& facts) {
  const auto* id = facts.if_contains("id");
  return id && id->is_string() ? id->get_string().c_str() : std::string{};
}

bool turns_or_ends_a_line(std::string_view text) {
  if (std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; })) return true;
  // U+0085, U+200E and U+200F, U+2028 to U+202E, U+2066 to U+2069 in UTF-8.
  for (const auto* part :
       {"\xc2\x85", "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaa", "\xe2\x80\xab",
        "\xe2\x80\xac", "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9"})
    if (text.find(part) != std::string_view::npos) return true;
  return false;
}

}  // namespace

Answer book(const Source& source, const Proposal& proposal, const Arguments& arguments, const Request& request,
            const sdk::Host& host) {
  const auto& call = *request.call;
  auto trail = trail_of(proposal, arguments, request, host);
  if (const auto& earlier = trail.earlier()) {
    if (!earlier->is_same)
      throw sdk::InvalidParams{"idempotency_key was used at " + earlier->at +
                               " for other arguments; expected a new key for a new entry"};
    if (earlier->state == "done") return booked(source, proposal, trail, {id_of(earlier->facts), true});
  }
  if (!call.can("elicitation"))
    throw sdk::ToolError{
        "Nothing was sent: this tool asks the user before it books, and this client offers no way to ask "
        "(elicitation). Use a client that does, or enter it in the ERP itself."};
  const auto action = ask(proposal, trail, call);
  if (action != "accept") return not_booked(source, proposal, trail, action);
  return booked(source, proposal, trail, send(proposal, trail));
}

std::string plain_text(const Arguments& arguments, const char* key, std::size_t most_characters) {
  auto out = arguments.text(key);
  if (turns_or_ends_a_line(out))
    throw sdk::InvalidParams{std::string{key} + " holds line ends or invisible characters; expected plain text"};
  const auto is_first_byte = [](unsigned char c) { return (c & 0xc0) != 0x80; };
  const auto characters = static_cast<std::size_t>(std::ranges::count_if(out, is_first_byte));
  if (characters > most_characters)
    throw sdk::InvalidParams{std::string{key} + " has " + std::to_string(characters) +
                             " characters; expected at most " + std::to_string(most_characters)};
  return out;
}

}  // namespace tomada::erp::tools
