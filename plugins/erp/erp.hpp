#pragma once
// Erp: the plugin; it brings a tool's work together with the source and the clock.
#include "exports.hpp"
#include "settings.hpp"
#include "source.hpp"
#include "tools/tools.hpp"

#include <memory>
#include <vector>

namespace tomada::erp {

class Erp final {
 public:
  explicit Erp(sdk::Host host);
  [[nodiscard]] std::vector<sdk::Tool<Erp>> tools() const;  // reads the configuration: the predecessor's are optional
  [[nodiscard]] std::vector<sdk::Resource<Erp>> resources() const;
  [[nodiscard]] sdk::json::object health() const;

 private:
  [[nodiscard]] sdk::Tool<Erp> named(const char* name, const char* definition, tools::Work work) const;
  [[nodiscard]] sdk::Tool<Erp> writing(const char* name, const char* definition, tools::Change change) const;
  [[nodiscard]] Request request(const sdk::Call& call, const sdk::json::object& arguments) const;

  [[nodiscard]] sdk::Contents exported(const sdk::Reading& reading, sdk::Call& call) {
    return exports_.read(reading, call);
  }

  sdk::Host host_;
  Exports exports_{host_};
  Settings settings_;
  std::unique_ptr<Source> source_;
};

}  // namespace tomada::erp
