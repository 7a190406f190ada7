// One file per response: a line of JSON about it, then the body, written beside and renamed, so that a reader sees a
// whole one or none. The page cache is the memory copy: reading one back costs tens of microseconds and is bounded by
// the system, not by us. A flight is a lock on one byte of one file, chosen by the key.
#include "core/upstream/responses.hpp"

#include "core/base/text.hpp"
#include "core/base/whole_file.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/upstream/ledger.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace tomada::upstream {
namespace {

constexpr std::int64_t sweep_every_ms = 60'000;
constexpr Milliseconds first_look{2}, slowest_look{25};  // while another process flies

struct Head {
  UnixMs read_at = 0, until = 0;
  Response response;
};

std::string head_line(const Response& response, UnixMs read_at, UnixMs until) {
  json::object headers;
  for (const auto& [name, value] : response.headers) headers[json::key(name)] = value;
  const json::object head{{"read_at", read_at},
                          {"until", until},
                          {"status", response.status},
                          {"size", response.body.size()},
                          {"headers", std::move(headers)}};
  return json::text(head) + "\n";
}

std::int64_t number(const json::object& head, std::string_view name) {
  const json::value* found = json::find(head, name);
  return found && found->is_int64() ? found->get_int64() : 0;
}

std::optional<Head> read_head(std::string_view line, std::size_t body_size) {
  const auto parsed = json::read(line);
  if (!parsed || !parsed->is_object()) return std::nullopt;
  const json::object& head = parsed->get_object();
  if (number(head, "size") != static_cast<std::int64_t>(body_size)) return std::nullopt;
  Head out{number(head, "read_at"), number(head, "until"), {}};
  out.response.status = static_cast<int>(number(head, "status"));
  if (const json::object* headers = json::find_object(head, "headers")) {
    for (const auto& [name, value] : *headers)
      if (const auto* text = value.if_string()) out.response.headers.emplace_back(name, json::view(*text));
  }
  return out;
}

}  // namespace

Responses::Responses(std::string folder, SharedFile flights, const Clock& clock, log::Logger& log)
    : folder_{std::move(folder)}, flights_{std::move(flights)}, clock_{clock}, log_{log} {}

Result<std::unique_ptr<Responses>> Responses::open(const std::string& folder, const Clock& clock, log::Logger& log) {
  auto flights = SharedFile::open(folder + "/flights.lock", 0);
  if (!flights) return flights.error();
  std::unique_ptr<Responses> out{new Responses{folder, std::move(*flights), clock, log}};
  out->sweep();
  return out;
}

std::string Responses::path(const std::string& key) const { return text::concat({folder_, "/", key, ".response"}); }

std::optional<Response> Responses::find(const std::string& key) const {
  std::string bytes = read_whole_file(path(key));
  const auto end_of_head = bytes.find('\n');
  if (end_of_head == std::string::npos) return std::nullopt;
  auto head = read_head(std::string_view{bytes}.substr(0, end_of_head), bytes.size() - end_of_head - 1);
  const UnixMs now = unix_ms(clock_.wall_now());
  if (!head || head->until <= now || head->read_at > now) return std::nullopt;
  Response& out = head->response;
  bytes.erase(0, end_of_head + 1);
  out.body = std::move(bytes);
  out.is_shared = true;
  out.read_at = WallTime{Milliseconds{head->read_at}};
  out.age = Milliseconds{now - head->read_at};
  out.refresh_in = Milliseconds{head->until - now};
  return std::move(out);
}

void Responses::keep(const std::string& key, const Response& response, Milliseconds window) {
  const UnixMs read_at = unix_ms(response.read_at);
  const UnixMs until =
      unix_ms(clock_.wall_now()) + window.count();  // the upstream counts from its answer at the earliest
  if (!write_whole_file(path(key), head_line(response, read_at, until), response.body) && !has_warned_.exchange(true)) {
    const std::string reason = std::generic_category().message(errno);
    log_.warning("Responses of upstreams cannot be kept; the same question may be refused as redundant",
                 {{"folder", std::string_view{folder_}}, {"reason", std::string_view{reason}}});
  }
  sweep();
}

void Responses::sweep() {
  const UnixMs now = unix_ms(clock_.wall_now());
  std::int64_t due = next_sweep_.load();
  if (now < due || !next_sweep_.compare_exchange_strong(due, now + sweep_every_ms)) return;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator{folder_, error}) {
    const std::string name = file.path().filename();
    if (name.ends_with(".draft")) {
      const auto age = std::filesystem::file_time_type::clock::now() - file.last_write_time(error);
      if (!error && age > std::chrono::minutes{10}) std::filesystem::remove(file.path(), error);
      continue;
    }
    if (!name.ends_with(".response") && !name.ends_with(".refusal")) continue;
    std::ifstream stream{file.path(), std::ios::binary};
    std::string line;
    std::getline(stream, line);
    const auto parsed = json::read(line);
    if (!parsed || !parsed->is_object() || number(parsed->get_object(), "until") <= now)
      std::filesystem::remove(file.path(), error);
  }
}

std::optional<Responses::Flight> Responses::begin(const std::string& key, const Patience& patience) const {
  const std::uint64_t byte = std::stoull(key.substr(0, 15), nullptr, 16);  // 60 bits
  for (Milliseconds pause = first_look; !flights_.try_lock(byte); pause = std::min(pause * 2, slowest_look))
    if (!patience.sleep(pause)) return std::nullopt;
  return Flight{flights_, byte};
}

Responses::Flight::~Flight() {
  if (file_) file_->unlock(byte_);
}

}  // namespace tomada::upstream
