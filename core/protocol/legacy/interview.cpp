// Every question has its id before the first one is asked, because the answer to one may come while the next is being
// sent. Whoever empties done_ ends the interview: the last answer, a refusal, the time, or the client's cancellation.
#include "core/protocol/legacy/interview.hpp"

#include "core/base/id.hpp"
#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/legacy/form.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/peer.hpp"
#include "core/protocol/questions.hpp"

#include <utility>
#include <vector>

namespace tomada::protocol::legacy {
namespace {

struct Asked {
  std::int64_t id;
  std::string frame;
};

bool is_url(std::string_view method, const json::object& params) {
  const auto* mode = json::find_string(params, "mode");
  return method == names::elicit && mode && *mode == "url";
}

bool knows(const Revision& revision, std::string_view method, const json::object& params) {
  if (method == names::elicit && !revision.has_url_elicitation) {
    const auto* form = json::find_object(params, "requestedSchema");
    return revision.has_elicitation && !is_url(method, params) && (!form || plain_form(*form));
  }
  if (method == names::elicit) return true;
  const bool has_tools = json::find(params, "tools") || json::find(params, "toolChoice");
  return !has_tools || revision.has_url_elicitation;  // both came with 2025-11-25
}

const json::object& params_of(const json::value& question) {
  static const json::object none;
  const auto* params = json::find_object(question.get_object(), "params");
  return params ? *params : none;
}

std::string_view method_of(const json::value& question) { return json::view(question.at("method").as_string()); }

std::string write_question(std::int64_t id, const json::value& question, const Revision& revision) {
  json::object params = params_of(question);
  if (is_url(method_of(question), params)) {
    params["elicitationId"] = random_hex(16);
  } else if (!revision.has_url_elicitation && method_of(question) == names::elicit) {
    params.erase("mode");  // there was one only
    const auto* form = json::find_object(params, "requestedSchema");
    if (auto plain = form ? plain_form(*form) : std::nullopt) params["requestedSchema"] = std::move(*plain);
  }
  return text::concat({R"({"jsonrpc":"2.0","id":)", std::to_string(id), R"(,"method":")", method_of(question),
                       R"(","params":)", json::text(params), "}"});
}

std::string names_of(const json::object& capabilities) {
  std::string out;
  for (const auto& [name, _] : capabilities) out.append(out.empty() ? "" : ", ").append(json::view(name));
  return out;
}

}  // namespace

std::string Interview::unaskable(const Request& request, std::string_view questions) {
  const auto asked = json::read(questions);
  if (!asked || !asked->is_object()) return "the tool asked in a form that cannot be passed on";
  const auto declared = request.peer->capabilities();  // kept while they are read
  json::object lacking;
  for (const auto& [_, question] : asked->get_object()) {
    if (!knows(*request.revision, method_of(question), params_of(question))) {
      return text::concat({"this tool must ask the client (", method_of(question), "), which protocol version ",
                           request.revision->name, " cannot express; use a newer one"});
    }
    const auto needed = needs_of(method_of(question), params_of(question));
    if (!has_all(*declared, needed)) merge_needs(lacking, needed);
  }
  if (lacking.empty()) return {};
  return text::concat({"this tool must ask, and the client has not declared that it can be asked: it lacks the ",
                       "capability ", names_of(lacking)});
}

Interview::Interview(Key, const Request& request, Done done)
    : peer_{request.peer}, reply_{request.reply}, revision_{*request.revision}, done_{std::move(done)} {}

std::shared_ptr<Interview> Interview::make(const Request& request, Done done) {
  return std::make_shared<Interview>(Key{}, request, std::move(done));
}

void Interview::ask(std::string_view questions, SteadyTime now) {
  const auto asked = json::read(questions).value();
  std::vector<Asked> frames;
  {
    const std::lock_guard lock{mutex_};
    for (const auto& [key, question] : asked.get_object()) {
      const auto id = peer_->next_id();
      waiting_.emplace(id, Question{std::string{json::view(key)}, std::string{method_of(question)}});
      frames.push_back({id, write_question(id, question, revision_)});
    }
  }
  if (frames.empty()) return finish({});  // a tool that only wants to be called again
  for (auto& [id, frame] : frames) {
    peer_->await(id, now + patience,
                 [self = shared_from_this(), id = id](const Response& response) { self->hear(id, response); });
    reply_->notify(std::move(frame));
  }
}

void Interview::hear(std::int64_t id, const Response& response) {
  Heard heard;
  if (!take(id, response, heard)) return;
  if (!heard.failure.empty()) withdraw_all();
  finish(std::move(heard));
}

// True: nothing more is to be waited for. An answer of the wrong shape is none: the tool asks again if it must know.
bool Interview::take(std::int64_t id, const Response& response, Heard& out) {
  const std::lock_guard lock{mutex_};
  const auto found = waiting_.find(id);
  if (found == waiting_.end()) return false;
  const auto question = std::move(found->second);
  waiting_.erase(found);
  if (!response.result) {
    out.failure = text::concat({"the client did not answer the question \"", question.key, "\": ", response.problem});
    return true;
  }
  if (const json::value answer(*response.result); is_answer(answer, question.method)) {
    answers_.append(answers_.empty() ? "" : ",");
    json::write_string(answers_, question.key);
    answers_.append(":").append(json::text(answer));
  }
  if (!waiting_.empty()) return false;
  if (!answers_.empty()) out.answers = text::concat({"{", answers_, "}"});
  return true;
}

void Interview::withdraw_all() {
  std::map<std::int64_t, Question> open;
  {
    const std::lock_guard lock{mutex_};
    open.swap(waiting_);
  }
  for (const auto& [id, _] : open) {
    if (!peer_->withdraw(id)) continue;
    reply_->notify(text::concat({R"({"jsonrpc":"2.0","method":")", names::cancelled, R"(","params":{"requestId":)",
                                 std::to_string(id), R"(,"reason":"the call is over"}})"}));
  }
}

void Interview::finish(Heard heard) {
  Done done;
  {
    const std::lock_guard lock{mutex_};
    done.swap(done_);
  }
  if (done) done(std::move(heard));
}

bool Interview::cancel() {
  Done dropped;  // what it holds dies outside the lock
  {
    const std::lock_guard lock{mutex_};
    dropped.swap(done_);
  }
  if (!dropped) return false;
  withdraw_all();
  return true;
}

}  // namespace tomada::protocol::legacy
