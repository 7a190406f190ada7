#pragma once
// Responses: what upstreams answered, kept in files for their redundancy window, shared by all processes.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/log/log.hpp"
#include "core/upstream/client.hpp"
#include "core/upstream/patience.hpp"
#include "core/upstream/shared_file.hpp"

#include <atomic>
#include <optional>
#include <string>

namespace tomada::upstream {

class Responses final {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Responses>> open(const std::string& folder, const Clock& clock,
                                                               log::Logger& log);

  [[nodiscard]] std::optional<Response> find(const std::string& key) const;  // shared, with age and refresh_in
  void keep(const std::string& key, const Response& response, Milliseconds window);

  // One request per key over all processes; within this one the caller sees to it.
  class Flight final {
   public:
    Flight(const SharedFile& file, std::uint64_t byte) : file_{&file}, byte_{byte} {}
    Flight(Flight&& other) noexcept : file_{std::exchange(other.file_, nullptr)}, byte_{other.byte_} {}
    Flight& operator=(Flight&&) = delete;
    ~Flight();

   private:
    const SharedFile* file_;
    std::uint64_t byte_;
  };
  [[nodiscard]] std::optional<Flight> begin(const std::string& key,
                                            const Patience& patience) const;  // none: patience ended

 private:
  Responses(std::string folder, SharedFile flights, const Clock& clock, log::Logger& log);
  [[nodiscard]] std::string path(const std::string& key) const;
  void sweep();

  const std::string folder_;
  const SharedFile flights_;
  const Clock& clock_;
  log::Logger& log_;
  std::atomic<std::int64_t> next_sweep_{0};
  std::atomic<bool> has_warned_{false};
};

}  // namespace tomada::upstream
