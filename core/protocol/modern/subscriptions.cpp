// A stream is entered before it is acknowledged, so that no change is lost in between, and hears nothing until the
// acknowledgement is out: what comes meanwhile is noted and told right behind it. Replies are used without the lock.
#include "core/protocol/modern/subscriptions.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/capabilities.hpp"
#include "core/protocol/changed.hpp"
#include "core/protocol/modern/task_frames.hpp"
#include "core/protocol/modern/task_run.hpp"
#include "core/protocol/modern/tasks.hpp"
#include "core/protocol/modern/wish.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/resources.hpp"
#include "core/tasks/board.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace tomada::protocol::modern {

using registry::Changed;

namespace {

constexpr std::size_t longest_id = 256;  // it is told with every change

struct Stream {
  jsonrpc::Id id;
  std::string tag;  // the id as JSON text
  Wish wish;
  std::string owner;
  std::shared_ptr<InFlight> in_flight;  // null: it cannot be cancelled by id
  std::shared_ptr<jsonrpc::Reply> reply;
  [[nodiscard]] std::size_t bytes() const noexcept { return tag.size() + wish.bytes(); }
  // Guarded by the state's mutex:
  bool is_acknowledged = false;
  std::vector<std::pair<Changed, std::string>> early{};  // changes before the acknowledgement
};
using Streams = std::vector<std::shared_ptr<Stream>>;

std::string tag_of(const jsonrpc::Id& id) {
  std::string out;
  jsonrpc::write(out, id);
  return out;
}

std::string meta_of(const Stream& stream) {
  return text::concat({"\"_meta\":{\"", names::subscription_id, "\":", stream.tag, "}"});
}

void keep_offered(Wish& wish, const Service& service, const Principal& principal) {
  const auto catalogue = service.dispatcher.catalogue();
  wish.prompts = wish.prompts && offers_prompts(*catalogue);
  wish.resources = wish.resources && offers_resources(*catalogue);
  std::erase_if(wish.uris, [&](const auto& uri) { return !resources::is_readable(service, principal, uri); });
  const auto owner = owner_of(principal);
  std::erase_if(wish.tasks, [&](const auto& id) { return !service.tasks || !service.tasks->find(id, owner); });
}

void acknowledge(const Stream& stream) {
  stream.reply->notify(
      text::concat({R"({"jsonrpc":"2.0","method":")", names::acknowledged, R"(","params":{"notifications":)",
                    stream.wish.text(), ",", meta_of(stream), "}}"}));
}

}  // namespace

struct Subscriptions::State {
  State(const Service& given, std::shared_ptr<const std::string> info) : service{given}, server_info{std::move(info)} {}

  [[nodiscard]] std::optional<Problem> enter(const std::shared_ptr<Stream>& stream);
  void open(Stream& stream);
  std::shared_ptr<Stream> leave(const Stream* stream);
  void tell(const Stream& stream, Changed what, std::string_view uri) const;
  void end(const Stream& stream) const;
  void give_up(const Stream& stream);

  const Service& service;
  const std::shared_ptr<const std::string> server_info;
  std::mutex mutex;  // guards the three below
  Streams streams;
  struct Held {
    std::size_t streams = 0, bytes = 0;
  };
  std::map<std::string, Held> held;  // by owner
  bool is_over = false;
};

std::optional<Problem> Subscriptions::State::enter(const std::shared_ptr<Stream>& stream) {
  using jsonrpc::Code;
  const std::lock_guard lock{mutex};
  if (is_over) return Problem{Code::internal_error, 200, "the server is shutting down", {}};
  const auto found = held.find(stream->owner);
  const auto own = found == held.end() ? Held{} : found->second;
  if (own.streams >= most_per_principal) {
    return Problem{Code::internal_error,
                   200,
                   text::concat({"you listen on ", std::to_string(most_per_principal),
                                 " streams already; close one, or ask for more on one of them"}),
                   {}};
  }
  if (own.bytes + stream->bytes() > most_bytes_per_principal) {
    return Problem{
        Code::internal_error, 200, "you listen to more names than are kept for one client; close a stream", {}};
  }
  held.insert_or_assign(stream->owner, Held{own.streams + 1, own.bytes + stream->bytes()});
  streams.push_back(stream);
  return std::nullopt;
}

void Subscriptions::State::open(Stream& stream) {
  for (;;) {
    std::vector<std::pair<Changed, std::string>> early;
    {
      const std::lock_guard lock{mutex};
      early.swap(stream.early);
      stream.is_acknowledged = early.empty();
    }
    if (early.empty()) return;
    for (const auto& [what, uri] : early) tell(stream, what, uri);
  }
}

// Null: it has left already.
std::shared_ptr<Stream> Subscriptions::State::leave(const Stream* stream) {
  const std::lock_guard lock{mutex};
  const auto is_it = [&](const auto& one) { return one.get() == stream; };
  const auto found = std::find_if(streams.begin(), streams.end(), is_it);
  if (found == streams.end()) return nullptr;
  auto out = std::move(*found);
  *found = std::move(streams.back());
  streams.pop_back();
  const auto owner = held.find(out->owner);
  owner->second.bytes -= out->bytes();
  if (--owner->second.streams == 0) held.erase(owner);
  return out;
}

void Subscriptions::State::tell(const Stream& stream, Changed what, std::string_view uri) const {
  if (what != Changed::task) return stream.reply->notify(changed_frame(what, uri, meta_of(stream)));
  const auto task = service.tasks->find(uri, stream.owner);
  if (task) stream.reply->notify(task_notice(*task, *server_info, meta_of(stream)));
}

void Subscriptions::State::end(const Stream& stream) const {
  auto frame = begin_result(stream.id, server_info->size() + 160);
  frame.append(R"({"resultType":"complete","_meta":{")").append(names::subscription_id).append("\":");
  frame.append(stream.tag).append(",\"").append(names::server_info).append("\":").append(*server_info).append("}}}");
  stream.reply->answer({200, std::move(frame)});
}

Subscriptions::Subscriptions(const Service& service, std::shared_ptr<const std::string> server_info)
    : state_{std::make_shared<State>(service, std::move(server_info))} {}

Subscriptions::~Subscriptions() = default;

bool Subscriptions::is_offered() const noexcept { return state_->service.changes != nullptr; }

void Subscriptions::listen(const Request& request) {
  auto asked = read_wish(*request.message, most_names);
  if (const auto* problem = std::get_if<Problem>(&asked)) return refuse(request, *problem);
  if (!request.reply->takes_notices()) {
    return refuse(request, {jsonrpc::Code::invalid_request, 406, "the Accept header must allow text/event-stream", {}});
  }
  auto wish = std::move(std::get<Wish>(asked));
  if (!wish.tasks.empty() && !knows_tasks(request)) return refuse(request, lacks_tasks());
  keep_offered(wish, state_->service, *request.principal);
  const auto& id = request.message->id();
  if (const auto* text = std::get_if<std::string>(&id); text && text->size() > longest_id)
    return refuse(request, invalid_params("the \"id\" of a stream may be of at most 256 bytes"));
  const auto stream = std::make_shared<Stream>(
      Stream{id, tag_of(id), std::move(wish), owner_of(*request.principal), request.in_flight, request.reply});
  if (const auto problem = state_->enter(stream)) return refuse(request, *problem);
  const auto leave = [state = std::weak_ptr{state_}, gone = std::weak_ptr{stream}] {
    const auto still = state.lock();
    const auto left = gone.lock();
    if (still && left) still->leave(left.get());
  };
  if (stream->in_flight && !stream->in_flight->watch(id, leave)) {
    state_->leave(stream.get());
    return refuse(request, id_in_use());
  }
  report(request, Ending::answered, {});
  acknowledge(*stream);
  state_->open(*stream);
  request.reply->on_disconnect(leave);
}

void Subscriptions::announce(Changed what, std::string_view uri) {
  Streams hearing;
  {
    const std::lock_guard lock{state_->mutex};
    for (const auto& stream : state_->streams) {
      if (!stream->wish.covers(what, uri)) continue;
      if (stream->is_acknowledged) {
        hearing.push_back(stream);
      } else {
        stream->early.emplace_back(what, uri);
      }
    }
  }
  for (const auto& stream : hearing) {
    if (stream->reply->is_behind()) {
      state_->give_up(*stream);
    } else {
      state_->tell(*stream, what, uri);
    }
  }
}

// Its end tells the client that it has not heard all, and that it may listen again.
void Subscriptions::State::give_up(const Stream& stream) {
  const auto left = leave(&stream);
  if (!left) return;
  if (left->in_flight) left->in_flight->forget(left->id);
  end(*left);
}

void Subscriptions::end_all() {
  Streams ended;
  {
    const std::lock_guard lock{state_->mutex};
    state_->is_over = true;
    state_->held.clear();
    ended.swap(state_->streams);
  }
  for (const auto& stream : ended) {
    if (stream->in_flight) stream->in_flight->forget(stream->id);
    state_->end(*stream);
  }
}

}  // namespace tomada::protocol::modern
