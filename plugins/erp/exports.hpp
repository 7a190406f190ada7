#pragma once
// Exports: whole lists kept as files for an hour, each for the principal that asked, in the host's store: any process
// of the state folder can read them.
#include <tomada/plugin.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tomada::erp {

class Exports final {
 public:
  static constexpr std::int64_t time_to_live_ms = 3'600'000;
  static constexpr std::ptrdiff_t most_of_one = 10, most_of_all = 100;  // files; beyond it the oldest one goes

  explicit Exports(sdk::Host host) : host_{host} {}

  struct Kept {
    std::string uri, mime_type;
    std::int64_t expires_at_ms = 0;  // Unix time
  };
  // extension: "csv" or "json". Throws ToolError when the host does not keep it.
  [[nodiscard]] Kept keep(std::string_view extension, std::string_view text, const sdk::Call& call) const;

  [[nodiscard]] std::string uri_template() const { return prefix() + "{file}"; }
  [[nodiscard]] sdk::Contents read(const sdk::Reading& reading, const sdk::Call& call) const;
  // Throws InvalidParams: there is none, its time is over, or it is another's.

 private:
  [[nodiscard]] std::string prefix() const;  // of every URI
  void make_room(const sdk::json::object& owner) const;
  void remove(const std::string& file) const;

  sdk::Host host_;
};

}  // namespace tomada::erp
