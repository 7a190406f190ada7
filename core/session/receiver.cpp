#include "core/session/receiver.hpp"

#include "core/jsonrpc/error.hpp"

namespace tomada::session {
namespace {

void refuse(jsonrpc::Reply& reply) {
  reply.answer({405, jsonrpc::error_answer({}, jsonrpc::Code::invalid_request, "the MCP endpoint takes POST only")});
}

}  // namespace

void Receiver::open_stream(const jsonrpc::HeaderView&, const std::shared_ptr<jsonrpc::Reply>& reply, const Principal&) {
  refuse(*reply);
}

void Receiver::open_sse(const std::shared_ptr<jsonrpc::Reply>& reply, const Principal&) { refuse(*reply); }

void Receiver::receive_sse(std::string_view, std::string_view, const jsonrpc::HeaderView&,
                           const std::shared_ptr<jsonrpc::Reply>& reply, const std::shared_ptr<const Principal>&) {
  refuse(*reply);
}

void Receiver::end_session(const jsonrpc::HeaderView&, const std::shared_ptr<jsonrpc::Reply>& reply, const Principal&) {
  refuse(*reply);
}

}  // namespace tomada::session
