#include "core/jsonrpc/message.hpp"

#include "core/json/writer.hpp"

#include <algorithm>
#include <charconv>

namespace tomada::jsonrpc {
namespace {

constexpr const char* needs_version = R"("jsonrpc" must be "2.0")";

template <class Integer>
void write_integer(std::string& out, Integer number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

// JSON whose only fault is a repeated key, and no frame whichever of the two counts: it is refused as what it is. A
// frame with one could be read in two ways, here and by whoever looked at it before.
bool is_json_and_no_frame(std::string_view text, json::Limits limits) {
  limits.allows_repeated_keys = true;
  const auto read = json::read(text, {}, limits);
  const auto* object = read ? read->if_object() : nullptr;
  if (!object) return false;
  const auto names_frame = [](const auto& member) {
    const auto key = json::view(member.key());
    return key == "jsonrpc" || key == "id" || key == "method" || key == "params" || key == "result" || key == "error";
  };
  return std::none_of(object->begin(), object->end(), names_frame);
}

}  // namespace

void write(std::string& out, const Id& id) {
  if (const auto* number = std::get_if<std::int64_t>(&id)) return write_integer(out, *number);
  if (const auto* number = std::get_if<std::uint64_t>(&id)) return write_integer(out, *number);
  if (const auto* text = std::get_if<std::string>(&id)) return json::write_string(out, *text);
  out.append("null");
}

Id id_of(const json::value& from) {
  if (const auto* number = from.if_int64()) return *number;
  if (const auto* number = from.if_uint64()) return *number;
  if (const auto* text = from.if_string()) return std::string{json::view(*text)};
  return {};
}

Message::Message(Key) : resource_{arena_, arena_bytes}, root_(json::storage_ptr{&resource_}) {}

std::shared_ptr<Message> Message::parse(std::string_view frame, const json::Limits& limits) {
  auto out = std::make_shared<Message>(Key{});
  auto parsed = json::read(frame, json::storage_ptr{&out->resource_}, limits);
  if (!parsed) {
    out->problem_ = parsed.error().text();
    if (is_json_and_no_frame(frame, limits)) {
      out->is_json_ = true;
      out->reject(needs_version);
    }
    return out;
  }
  out->is_json_ = true;
  out->root_ = std::move(*parsed);
  out->classify();
  return out;
}

std::shared_ptr<Message> Message::element(std::shared_ptr<const Message> batch, std::size_t index) {
  auto out = std::make_shared<Message>(Key{});
  out->element_ = &batch->root().get_array()[index];
  out->batch_ = std::move(batch);
  out->is_json_ = true;
  if (out->element_->is_array()) {
    out->reject("a batch cannot hold another batch");
  } else {
    out->classify();
  }
  return out;
}

void Message::reject(std::string problem) {
  kind_ = Kind::invalid;
  problem_ = std::move(problem);
}

void Message::classify() {
  if (const auto* frame = root().if_object()) return classify_object(*frame);
  const auto* frames = root().if_array();
  if (!frames) return reject("a frame must be a JSON object");
  if (frames->empty()) return reject("a batch must hold at least one frame");
  kind_ = Kind::batch;
}

bool Message::read_id(const json::object& frame) {
  const auto* id = json::find(frame, "id");
  if (!id) return true;
  id_ = id_of(*id);
  return !std::holds_alternative<std::monostate>(id_);
}

void Message::classify_object(const json::object& frame) {
  params_ = json::find_object(frame, "params");  // first: a broken frame is answered in the era that its _meta claims
  if (params_) meta_ = json::find_object(*params_, "_meta");
  if (!read_id(frame)) return reject("\"id\" must be a string or an integer");
  const auto* version = json::find_string(frame, "jsonrpc");
  if (!version || json::view(*version) != "2.0") return reject(needs_version);
  const bool has_id = !std::holds_alternative<std::monostate>(id_);
  const auto* method = json::find(frame, "method");
  if (!method) {
    const bool is_answer = json::find(frame, "error") || (has_id && json::find(frame, "result"));
    if (!is_answer) return reject("a request must have a \"method\"");
    kind_ = Kind::response;
    return;
  }
  if (!method->is_string()) return reject("\"method\" must be a string");
  method_ = json::view(method->get_string());
  if (!params_ && json::find(frame, "params")) return reject("\"params\" must be an object");
  kind_ = has_id ? Kind::request : Kind::notification;
}

}  // namespace tomada::jsonrpc
