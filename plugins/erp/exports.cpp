// Two records a file, so that looking for the oldest reads no contents: export/head/FILE and export/body/FILE.
#include "exports.hpp"

#include <algorithm>
#include <random>
#include <vector>

namespace tomada::erp {
namespace {

namespace json = sdk::json;

constexpr const char* heads = "export/head/";
constexpr const char* bodies = "export/body/";

std::string unguessable() {
  constexpr std::string_view digits = "0123456789abcdef";
  std::random_device random;  // the kernel's
  std::string out;
  while (out.size() < 32) {
    for (auto left = random(), i = 0u; i < 8; ++i, left >>= 4) out.push_back(digits[left & 15]);
  }
  return out;
}

json::object owner_of(const sdk::Call& call) {
  const auto principal = call.principal();
  json::object out;
  for (const char* key : {"subject", "tenant"}) {
    const auto* value = principal.if_contains(key);
    out[key] = value ? *value : json::value("");
  }
  return out;
}

std::string mime_type_of(std::string_view file) { return file.ends_with(".csv") ? "text/csv" : "application/json"; }

struct Head {
  std::string file;
  json::object facts;

  [[nodiscard]] std::int64_t expires() const { return facts.at("expires").as_int64(); }
  [[nodiscard]] bool is_of(const json::object& owner) const { return facts.at("owner").as_object() == owner; }
};

}  // namespace

std::string Exports::prefix() const {
  const std::string instance{host_.instance()};
  return "erp://" + (instance == "erp" ? "" : instance + '/') + "exports/";
}

Exports::Kept Exports::keep(std::string_view extension, std::string_view text, const sdk::Call& call) const {
  const auto owner = owner_of(call);
  make_room(owner);
  const auto file = unguessable() + '.' + std::string{extension};
  const auto expires = host_.unix_ms() + time_to_live_ms;
  const auto head = sdk::write(json::object{{"owner", owner}, {"expires", expires}});
  if (!host_.save(bodies + file, text, time_to_live_ms) || !host_.save(heads + file, head, time_to_live_ms)) {
    remove(file);
    throw sdk::ToolError{
        "The file could not be kept; ask for the list itself with limit and cursor, or have an operator look at the "
        "server's state folder."};
  }
  return {prefix() + file, mime_type_of(file), expires};
}

void Exports::make_room(const json::object& owner) const {
  std::vector<Head> all;
  const std::string_view prefix = heads;
  for (auto& [key, value] : host_.scan(prefix))
    all.push_back({key.substr(prefix.size()), sdk::read_json(value).as_object()});
  std::ranges::sort(all, {}, &Head::expires);
  auto of_one = std::ranges::count_if(all, [&](const Head& head) { return head.is_of(owner); });
  auto of_all = std::ssize(all);
  for (const auto& head : all) {
    const bool is_mine = head.is_of(owner);
    const bool is_too_many = of_all >= most_of_all || (is_mine && of_one >= most_of_one);
    if (!is_too_many && head.expires() > host_.unix_ms()) continue;
    remove(head.file);
    --of_all;
    of_one -= is_mine ? 1 : 0;
  }
}

void Exports::remove(const std::string& file) const {
  (void)host_.erase(heads + file);
  (void)host_.erase(bodies + file);
}

sdk::Contents Exports::read(const sdk::Reading& reading, const sdk::Call& call) const {
  const auto file = reading.variable("file");
  const auto head = host_.load(heads + file);
  const auto facts = head ? sdk::read_json(*head).as_object() : json::object{};
  const bool is_theirs = head && facts.at("owner").as_object() == owner_of(call);
  auto body = is_theirs && facts.at("expires").as_int64() > host_.unix_ms() ? host_.load(bodies + file) : std::nullopt;
  if (!body)
    throw sdk::InvalidParams{"there is no such export, or its hour is over; ask the list tool again with export"};
  return sdk::Contents::text(reading.uri, std::move(*body), mime_type_of(file));
}

}  // namespace tomada::erp
