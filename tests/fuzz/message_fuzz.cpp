// JSON-RPC frames: every one is classified, alone and inside a batch, and a request is what has an id to answer to.
#include "core/jsonrpc/message.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <variant>

using namespace tomada;

namespace {

void look(const jsonrpc::Message& message) {
  std::string id;
  jsonrpc::write(id, message.id());
  const bool has_id = !std::holds_alternative<std::monostate>(message.id());
  if (message.kind() == jsonrpc::Kind::request && !has_id) std::abort();
  if (message.kind() == jsonrpc::Kind::notification && has_id) std::abort();
  if (message.kind() == jsonrpc::Kind::invalid && message.problem().empty()) std::abort();
  if (message.meta() && !message.params()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto message = jsonrpc::Message::parse({reinterpret_cast<const char*>(bytes), size}, json::Limits{});
  look(*message);
  if (message->kind() != jsonrpc::Kind::batch) return 0;
  for (std::size_t i = 0; i < message->root().get_array().size(); ++i) look(*jsonrpc::Message::element(message, i));
  return 0;
}
