#pragma once
// Library: one opened shared object and the entry it exports.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include <tomada/plugin.h>

#include <string>

namespace tomada::plugin {

inline constexpr Milliseconds untried{0};

class Library final {
 public:
  [[nodiscard]] static Result<Library> open(const std::string& path, Milliseconds patience = untried);
  // patience: how long a child process may take to open it first (trial.hpp).
  // Errors: tool (not a whole shared object for this machine, no entry, another ABI). RTLD_NOW: what is missing fails
  // here.

  Library(Library&& other) noexcept;
  Library& operator=(Library&&) = delete;
  ~Library();

  [[nodiscard]] const tomada_plugin& entry() const noexcept { return entry_; }
  void keep_open() noexcept { handle_ = nullptr; }  // its code may still run: never unmap it

 private:
  explicit Library(void* handle) noexcept : handle_{handle} {}

  void* handle_;
  tomada_plugin entry_{};  // a copy: as much as the plugin's size covers, the rest zero
};

[[nodiscard]] Result<tomada_plugin> checked_entry(const tomada_plugin* entry);

}  // namespace tomada::plugin
