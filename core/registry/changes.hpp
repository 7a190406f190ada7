#pragma once
// Changes: the hub of what changed in what this server offers. Whoever changes it tells; whoever serves clients hears.
#include <functional>
#include <memory>
#include <string_view>

namespace tomada::registry {

enum class Changed {
  tools,      // the list of tools is another one
  prompts,    // the list of prompts
  resources,  // the list of resources or of their templates
  resource,   // the contents of one resource
  task,       // the state of one task
};

class Changes final {
 public:
  using Listener = std::function<void(Changed what, std::string_view uri)>;
  // [any thread], quick; called without a lock, so it may subscribe, unsubscribe and tell. The URI is borrowed for the
  // call: a resource's, of a task its id, of a list none.

  class Subscription;  // while it lives, the listener hears

  Changes();
  ~Changes();
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;

  [[nodiscard]] Subscription subscribe(Listener listener);
  void tell(Changed list) const;                  // [any thread] tools, prompts or resources
  void tell_updated(std::string_view uri) const;  // [any thread] one resource
  void tell_task(std::string_view id) const;      // [any thread] one task

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// May outlive the hub. A call of the listener that has begun on another thread may still run when this is gone: what
// the listener captures must bear that (a weak_ptr does).
class Changes::Subscription final {
 public:
  Subscription() = default;
  Subscription(Subscription&&) noexcept = default;
  Subscription& operator=(Subscription&& other) noexcept;
  ~Subscription();

 private:
  friend class Changes;
  Subscription(std::weak_ptr<State> state, std::shared_ptr<const Listener> listener)
      : state_{std::move(state)}, listener_{std::move(listener)} {}

  std::weak_ptr<State> state_;
  std::shared_ptr<const Listener> listener_;
};

}  // namespace tomada::registry
