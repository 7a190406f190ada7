#pragma once
// Endpoint: takes frames from a transport, decides the era of each, answers through the reply.
// One per stdio process, whose pipe is one legacy session; one for all connections of an HTTP listener.
#include "core/base/principal.hpp"
#include "core/json/reader.hpp"
#include "core/jsonrpc/exchange.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "core/protocol/service.hpp"
#include "core/session/receiver.hpp"

#include <memory>
#include <optional>
#include <string_view>

namespace tomada::session {

enum class Transport { stdio, http };

class Endpoint final : public Receiver {
 public:
  Endpoint(protocol::Service& service, Transport transport, json::Limits limits, log::Logger& log,
           metrics::Registry& metrics, Milliseconds ping_interval = {});
  // ping_interval: see Clients
  ~Endpoint() override;

  void attach(const std::shared_ptr<jsonrpc::Reply>& outlet) override;
  void open_stream(const jsonrpc::HeaderView& headers, const std::shared_ptr<jsonrpc::Reply>& reply,
                   const Principal& principal) override;
  void end_session(const jsonrpc::HeaderView& headers, const std::shared_ptr<jsonrpc::Reply>& reply,
                   const Principal& principal) override;
  void open_sse(const std::shared_ptr<jsonrpc::Reply>& reply, const Principal& principal) override;
  void receive_sse(std::string_view session, std::string_view frame, const jsonrpc::HeaderView& headers,
                   const std::shared_ptr<jsonrpc::Reply>& reply,
                   const std::shared_ptr<const Principal>& principal) override;

  void start();  // does what falls due from now on: changes that were held back, questions and sessions that ran out
  void end_streams();
  // Before draining: every stream that would stay open ends with its response.
  std::optional<SteadyTime> look();  // what start() does by itself: does what is due; when to look again, if ever

  void receive(std::string_view frame, const jsonrpc::HeaderView& headers, std::shared_ptr<jsonrpc::Reply> reply,
               std::shared_ptr<const Principal> principal) override;
  // [any thread; stdio: one thread]. Never throws; the reply may be answered before it returns or later from any
  // thread.
  void unreadable(std::string_view problem, std::shared_ptr<jsonrpc::Reply> reply,
                  std::shared_ptr<const Principal> principal) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tomada::session
