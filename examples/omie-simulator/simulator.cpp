// POST /api/v1/<family>/<resource>/ as the real one; beside it GET /__statistics, POST /__trouble and POST
// /__change for tests.
// A call counts as running until its answer has been written: the server's logger is called then, on the same thread.
#include "simulator.hpp"

#include "answers.hpp"
#include "change.hpp"
#include "filters.hpp"
#include "limits.hpp"
#include "trouble.hpp"
#include "validation.hpp"

#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <mutex>
#include <shared_mutex>
#include <thread>

#define CPPHTTPLIB_OPENSSL_SUPPORT
#define CPPHTTPLIB_ZLIB_SUPPORT
#define CPPHTTPLIB_BROTLI_SUPPORT
#include <httplib.h>

namespace omie_simulator {
namespace {

constexpr std::size_t server_threads = 96;
constexpr std::string_view api = "/api/v1";
constexpr std::string_view page_of_trouble =
    "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

thread_local std::optional<Asked> running;  // what this thread is answering

struct Envelope {
  std::string call, app_key, app_secret;
  json::object parameters;
};

using Read = std::variant<Envelope, Fault>;

Read read_envelope(const std::string& body) {
  const auto parsed = tomada::json::read(body);
  if (!parsed || !parsed->is_object()) return Fault{500, "SOAP-ENV:Client-71", "ERROR: JSON request with SyntaxError"};
  const json::object& from = parsed->get_object();
  Envelope out{text_of(from, "call"), text_of(from, "app_key"), text_of(from, "app_secret"), {}};
  const json::value* param = from.if_contains("param");
  if (!param || !param->is_array() || param->get_array().size() != 1 || !param->get_array()[0].is_object())
    return Fault{500, "SOAP-ENV:Client-71", "ERROR: Invalid JSON Object"};
  out.parameters = param->get_array()[0].get_object();
  return out;
}

bool are_credentials(const Envelope& envelope) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_hex = [&](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); };
  const std::string &key = envelope.app_key, &secret = envelope.app_secret;
  return key.size() >= 6 && key.size() <= 20 && std::all_of(key.begin(), key.end(), is_digit) && secret.size() == 32 &&
         std::all_of(secret.begin(), secret.end(), is_hex);
}

std::string canonical(const json::object& parameters) {
  std::string out;
  tomada::json::write_canonical(out, parameters);
  return out;
}

std::size_t record_count(const json::object& answer, const CallType& call) {
  const json::value* list = answer.if_contains(call.list);
  return list && list->is_array() ? list->get_array().size() : 1;
}

void send_fault(httplib::Response& response, const Fault& fault) {
  std::string body;
  tomada::json::write(body, json::object{{"faultstring", fault.text}, {"faultcode", fault.code}});
  response.status = fault.status;
  response.set_content(body, "application/json");
}

// Half of the body, then the connection is cut; or all of it, a few bytes at a time.
void send_brokenly(httplib::Response& response, std::string body, Trouble trouble) {
  const std::size_t size = body.size(), sent = trouble == Trouble::drop ? size / 2 : size;
  response.set_content_provider(size, "application/json",
                                [body = std::move(body), sent](std::size_t at, std::size_t, httplib::DataSink& sink) {
                                  if (at >= sent) return false;
                                  const std::size_t part = sent == body.size() ? 1 : sent - at;
                                  if (part == 1) std::this_thread::sleep_for(Milliseconds{100});
                                  return sink.write(body.data() + at, part);
                                });
}

void send_answer(httplib::Response& response, std::string body, Trouble trouble) {
  switch (trouble) {
    case Trouble::none:
      return response.set_content(body, "application/json");
    case Trouble::html:
      response.status = 502;
      return response.set_content(std::string{page_of_trouble}, "text/html");
    case Trouble::truncate:
      return response.set_content(body.substr(0, body.size() / 2), "application/json");
    case Trouble::http500:
      response.status = 500;
      return response.set_content("SOAP-ERROR: Internal Error [PBB]", "text/plain");
    case Trouble::fault200:
      send_fault(response, {200, "SOAP-ENV:Client-1000", "ERROR: Erro interno ao processar a requisição."});
      return;
    case Trouble::blocked:
      return send_fault(response, {425, "MISUSE_API_PROCESS",
                                   "ERROR: API bloqueada por consumo indevido. Tente novamente em 1789 segundos."});
    case Trouble::rate:
      return send_fault(response, {429, "", "Too many requests"});
    case Trouble::redundant:
      return send_fault(response, client_fault(6,
                                               "Consumo redundante detectado. Aguarde 41 segundos para tentar "
                                               "novamente (REDUNDANT)."));
    case Trouble::running:
      return send_fault(response, already_running());
    default:
      return send_brokenly(response, std::move(body), trouble);
  }
}

}  // namespace

struct Simulator::State {
  explicit State(Options given)
      : options{std::move(given)}, company{invent(options)}, limits{options}, troublemaker{options} {}

  void handle(const httplib::Request& request, httplib::Response& response);
  void run(const CallType& call, const Envelope& envelope, const Asked& asked, httplib::Response& response);
  void refuse(httplib::Response& response, const char* kind, const Fault& fault) {
    limits.count(kind);
    send_fault(response, fault);
  }

  [[nodiscard]] Reply reply(const CallType& call, const json::object& parameters) {
    if (is_creation(call)) {
      const std::unique_lock lock{books};
      findings.clear();
      return create(call, parameters, company);
    }
    const std::shared_lock lock{books};
    return answer({call, parameters, company, options, findings});
  }

  const Options options;
  std::shared_mutex books;  // guards company
  Company company;
  Findings findings;
  Limits limits;
  Troublemaker troublemaker;
  httplib::Server server;
  int port = 0;
  std::thread thread;
};

void Simulator::State::handle(const httplib::Request& request, httplib::Response& response) {
  const std::string path = request.path.substr(api.size());
  const auto read = read_envelope(request.body);
  if (const auto* fault = std::get_if<Fault>(&read)) return refuse(response, "envelope", *fault);
  const auto& envelope = std::get<Envelope>(read);
  if (!are_credentials(envelope))
    return refuse(response, "credentials",
                  {403, "SOAP-ENV:Server", "A chave de acesso não está preenchida ou não é válida."});
  const CallType* call = find_call(path, envelope.call);
  if (!call) return refuse(response, "unknown_call", {500, "", "ERROR: Method \"" + envelope.call + "\" not exists"});

  const Asked asked{request.remote_addr, envelope.app_key, envelope.call, canonical(envelope.parameters)};
  if (const auto fault = limits.enter(asked)) {
    limits.note_fault(asked, *fault);
    return send_fault(response, *fault);
  }
  running = asked;
  run(*call, envelope, asked, response);
}

void Simulator::State::run(const CallType& call, const Envelope& envelope, const Asked& asked,
                           httplib::Response& response) {
  const auto wrong = validate(call, envelope.parameters);
  const Reply reply = wrong ? Reply{*wrong} : this->reply(call, envelope.parameters);
  const auto* record = std::get_if<json::object>(&reply);
  std::this_thread::sleep_for(troublemaker.latency(call.is_heavy, record ? record_count(*record, call) : 0));
  if (!record) {
    const auto& fault = std::get<Fault>(reply);
    limits.count(wrong ? "structure" : "fault");
    limits.note_failure(asked, fault);
    return send_fault(response, fault);
  }
  std::string body;
  tomada::json::write(body, *record);
  const Trouble trouble = troublemaker.next();
  send_answer(response, std::move(body), trouble);
  trouble == Trouble::none ? limits.note_answer(asked) : limits.note_trouble(asked, response.status);
}

Simulator::Simulator(Options options) : state_{std::make_unique<State>(std::move(options))} {
  State& state = *state_;
  state.server.new_task_queue = [] { return new httplib::ThreadPool{server_threads}; };
  state.server.set_keep_alive_max_count(1'000'000);
  state.server.set_tcp_nodelay(true);
  state.server.set_payload_max_length(1u << 20);
  state.server.set_logger([&state](const httplib::Request&, const httplib::Response&) {
    if (running) state.limits.leave(*running);
    running.reset();
  });
  state.server.Get("/__statistics", [this](const httplib::Request&, httplib::Response& response) {
    response.set_content(tomada::json::text(statistics()), "application/json");
  });
  state.server.Post("/__trouble", [this](const httplib::Request& request, httplib::Response& response) {
    Trouble kind = Trouble::none;
    const auto asked = tomada::json::read(request.body);
    const bool is_clear = asked && asked->is_object() && read_trouble(text_of(asked->get_object(), "mode"), kind);
    if (!is_clear) return void(response.status = 400);
    trouble(kind, static_cast<std::size_t>(number_of(asked->get_object(), "count").value_or(1)));
  });
  state.server.Post("/__change", [this](const httplib::Request& request, httplib::Response& response) {
    const auto asked = tomada::json::read(request.body);
    const auto reply = asked && asked->is_object() ? change(asked->get_object())
                                                   : Reply{client_fault(71, "JSON request with SyntaxError")};
    if (const auto* fault = std::get_if<Fault>(&reply)) return send_fault(response, *fault);
    response.set_content(tomada::json::text(std::get<json::object>(reply)), "application/json");
  });
  state.server.Post(std::string{api} + "/.*/", [&state](const httplib::Request& request, httplib::Response& response) {
    if (!is_known_path(request.path.substr(api.size()))) return void(response.status = 404);
    state.handle(request, response);
  });
  state.server.Get(std::string{api} + "/.*/", [](const httplib::Request&, httplib::Response& response) {
    response.set_content("<html><body>Documentação desta API: envie um POST.</body></html>",
                         "text/html; charset=utf-8");
  });
}

Simulator::~Simulator() { stop(); }

bool Simulator::listen() {
  State& state = *state_;
  if (state.options.port == 0) {
    state.port = state.server.bind_to_any_port(state.options.host.c_str());
    return state.port > 0;
  }
  state.port = state.options.port;
  return state.server.bind_to_port(state.options.host.c_str(), state.options.port);
}

void Simulator::serve() { state_->server.listen_after_bind(); }

void Simulator::start() {
  state_->thread = std::thread{[this] { serve(); }};
  while (!state_->server.is_running()) std::this_thread::yield();
}

void Simulator::stop() {
  state_->server.stop();
  if (state_->thread.joinable()) state_->thread.join();
}

int Simulator::port() const noexcept { return state_->port; }
std::string Simulator::url() const {
  return "http://" + state_->options.host + ":" + std::to_string(state_->port) + std::string{api} + "/";
}
json::object Simulator::statistics() const { return state_->limits.statistics(); }
Reply Simulator::change(const json::object& asked) {
  const std::unique_lock lock{state_->books};
  state_->findings.clear();
  return omie_simulator::change(asked, state_->company);
}
void Simulator::trouble(Trouble kind, std::size_t count) { state_->troublemaker.make(kind, count); }

}  // namespace omie_simulator
