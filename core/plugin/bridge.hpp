#pragma once
// Bridge: the way of calls to one tool, prompt, resource or completion of a plugin.
#include "core/plugin/approved.hpp"
#include "core/plugin/instance.hpp"
#include "core/plugin/lane.hpp"
#include "core/registry/target.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tomada::plugin {

struct Way {  // into the plugin
  void (*enter)(void* instance, tomada_call* call) = nullptr;
  std::uint32_t index = 0;
};

class Bridge final {
 public:
  Bridge(std::shared_ptr<Instance> instance, Way way, const registry::TargetDescription& about,
         const schema::Schema* output);  // about and output outlive it
  Bridge(const Bridge&) = delete;
  Bridge& operator=(const Bridge&) = delete;

  void start(const std::shared_ptr<registry::Call>& call);

  [[nodiscard]] const std::string& name() const noexcept { return about_.name; }
  [[nodiscard]] bool is_serial() const noexcept { return about_.is_serial; }
  [[nodiscard]] const schema::Schema* output() const noexcept { return output_; }
  [[nodiscard]] std::uint32_t index() const noexcept { return way_.index; }
  void enter(void* instance, tomada_call& call) const { way_.enter(instance, &call); }
  [[nodiscard]] Approved& approved() noexcept { return approved_; }
  void give_turn() { turns_->leave(); }  // a serial one's call is over

 private:
  [[nodiscard]] bool queue(Flight& flight);

  const std::shared_ptr<Instance> instance_;
  const Way way_;
  const registry::TargetDescription& about_;
  const schema::Schema* const output_;
  Approved approved_;
  std::optional<Lane> turns_;  // of a serial one
};

}  // namespace tomada::plugin
