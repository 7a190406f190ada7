#pragma once
// Receiver: what a transport hands its frames to.
#include "core/base/principal.hpp"
#include "core/jsonrpc/exchange.hpp"

#include <memory>
#include <string_view>

namespace tomada::session {

class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual void receive(std::string_view frame, const jsonrpc::HeaderView& headers,
                       std::shared_ptr<jsonrpc::Reply> reply, std::shared_ptr<const Principal> principal) = 0;
  // [any thread]. Never throws. Frame and headers are borrowed for the call; the reply may be answered before it
  // returns or later from any thread.
  virtual void unreadable(std::string_view problem, std::shared_ptr<jsonrpc::Reply> reply,
                          std::shared_ptr<const Principal> principal) = 0;
  // A frame that the transport could not take whole: answered as unreadable, counted and logged like any other.

  virtual void attach(const std::shared_ptr<jsonrpc::Reply>&) {}
  // A pipe, once, before its first frame: the way for what belongs to no request.
  virtual void open_stream(const jsonrpc::HeaderView& headers, const std::shared_ptr<jsonrpc::Reply>& reply,
                           const Principal& principal);
  virtual void end_session(const jsonrpc::HeaderView& headers, const std::shared_ptr<jsonrpc::Reply>& reply,
                           const Principal& principal);
  // GET and DELETE over HTTP. Unless overridden they are not allowed (405).
  virtual void open_sse(const std::shared_ptr<jsonrpc::Reply>& reply, const Principal& principal);
  virtual void receive_sse(std::string_view session, std::string_view frame, const jsonrpc::HeaderView& headers,
                           const std::shared_ptr<jsonrpc::Reply>& reply,
                           const std::shared_ptr<const Principal>& principal);
  // HTTP+SSE (2024-11-05): a stream that is a session, and a frame for the session of that id, which is answered on
  // its stream; the reply only hears that it was taken. Unless overridden they are not allowed (405).
};

}  // namespace tomada::session
