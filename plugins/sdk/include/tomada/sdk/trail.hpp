#pragma once
// Trail: one change of another system in the host's audit trail: noted before it is sent, ended with what came of it.
#include <tomada/audit.h>
#include <tomada/sdk/host.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tomada::sdk {

class Trail {
 public:
  struct Earlier {
    std::string at;     // when it was meant, RFC 3339
    std::string state;  // "open", "done", "refused", "unknown"
    bool is_same = true;
    json::object facts;
  };

  // seed: what makes two calls of one person the same change. Throws ToolError: without the service nothing may change.
  Trail(const Host& host, const Call& call, json::object arguments, std::string_view seed)
      : host_{host}, call_{call}, service_{find(host)} {
    json::object intent{{"arguments", std::move(arguments)}, {"seed", json::string_view{seed.data(), seed.size()}}};
    intent_ = json::serialize(intent);
    std::string told;
    check(service_->look(host_.raw(), call_.raw(), text(intent_), &told, append), told);
    auto known = read_json(told).as_object();
    key_ = known.at("key").as_string().c_str();
    if (auto* earlier = known.if_contains("earlier")) earlier_ = read(earlier->as_object());
  }

  [[nodiscard]] const std::string& key() const noexcept { return key_; }  // 20 characters
  [[nodiscard]] const std::optional<Earlier>& earlier() const noexcept { return earlier_; }

  void begin() {  // on the disk when it returns. Throws ToolError: then do not send it.
    std::string told;
    check(service_->begin(host_.raw(), call_.raw(), text(intent_), &told, append), told);
    id_ = std::move(told);
  }
  bool end(tomada_ending ending, const json::object& facts) const {  // false: not on the disk
    const auto told = json::serialize(facts);
    return service_->end(host_.raw(), text(id_), ending, text(told));
  }

 private:
  static const tomada_audit* find(const Host& host) {
    const auto* found = static_cast<const tomada_audit*>(host.raw()->service(host.raw(), TOMADA_AUDIT));
    if (found) return found;
    throw ToolError{"this plugin was not granted " TOMADA_AUDIT "; add it to the instance's services"};
  }
  static void check(bool is_done, const std::string& told) {
    if (!is_done) throw ToolError{"the audit trail refused, so nothing was sent: " + told};
  }
  static Earlier read(const json::object& from) {
    return {from.at("at").as_string().c_str(), from.at("state").as_string().c_str(), from.at("same").as_bool(),
            from.at("facts").as_object()};
  }

  Host host_;
  Call call_;
  const tomada_audit* service_;
  std::string intent_, key_, id_;
  std::optional<Earlier> earlier_;
};

}  // namespace tomada::sdk
