#pragma once
// Event: a flag that a sleeping poll notices. Raised once, never lowered.
namespace tomada::stdio {

class Event final {
 public:
  Event();  // throws when the machine has no descriptor left
  ~Event();
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  void raise() noexcept;  // [any thread, also a signal's]
  [[nodiscard]] bool is_raised() const noexcept;
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }  // readable when raised

 private:
  int descriptor_;
};

}  // namespace tomada::stdio
