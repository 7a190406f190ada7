#include "core/base/text.hpp"
#include "core/upstream/options.hpp"
#include "core/upstream/upstream.hpp"

#include <csignal>
#include <filesystem>

namespace tomada::upstream {
namespace {

class NamedUpstreams final : public Client {
 public:
  NamedUpstreams(const Surroundings& with, std::string limits_folder, const std::string& responses_folder,
                 std::unique_ptr<Responses> responses)
      : shared_{with.clock,
                with.log,
                with.metrics,
                std::move(limits_folder),
                {},
                std::move(responses),
                std::make_unique<Refusals>(responses_folder, with.clock)},
        health_{with.health} {}
  ~NamedUpstreams() override {
    for (const auto& [name, upstream] : upstreams_) health_.forget("upstream." + name, this);
  }

  Result<void> add(const std::string& name, UpstreamOptions options) {
    auto opened = Upstream::open(name, std::move(options), shared_);
    if (!opened) return opened.error();
    const Upstream& added = *upstreams_.emplace(name, std::move(*opened)).first->second;
    health_.watch(
        "upstream." + name, false, [&added] { return added.condition(); }, this);
    return {};
  }

  Result<Response> fetch(const Request& request) override {
    const auto found = upstreams_.find(request.upstream);
    if (found != upstreams_.end()) return found->second->fetch(request);
    return failure(ErrorCode::not_found, text::concat({"There is no upstream named ", request.upstream, "."}),
                   "upstream." + request.upstream,
                   text::concat({"add a section [upstream.", request.upstream, "] with its url to the configuration"}));
  }

 private:
  Shared shared_;
  health::Board& health_;
  std::map<std::string, std::unique_ptr<Upstream>, std::less<>> upstreams_;
};

Result<std::string> make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error) std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  if (!error) return path;
  return failure(ErrorCode::system, text::concat({"Cannot make the folder ", path, ": ", error.message(), "."}), path,
                 "choose a writable state folder with --state");
}

}  // namespace

Result<std::unique_ptr<Client>> make_client(const std::map<std::string, UpstreamOptions>& upstreams,
                                            Surroundings with) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto limits = make_folder(with.state_folder + "/limits");
  if (!limits) return limits.error();
  const auto kept = make_folder(with.state_folder + "/responses");
  if (!kept) return kept.error();
  auto responses = Responses::open(*kept, with.clock, with.log);
  if (!responses) return responses.error();
  auto out = std::make_unique<NamedUpstreams>(with, *limits, *kept, std::move(*responses));
  for (const auto& [name, options] : upstreams)
    if (const auto added = out->add(name, options); !added) return added.error();
  return std::unique_ptr<Client>{std::move(out)};
}

}  // namespace tomada::upstream
