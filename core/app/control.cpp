// A socket's path may be no longer than 107 bytes, and a state folder's may: so the folder is opened and the socket
// named below /proc/self/fd. Commands are few and short: one thread takes one after the other.
#include "core/app/control.hpp"

#include "core/base/descriptor.hpp"
#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tomada::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_line = 1u << 20;
constexpr timeval patience{5, 0};
constexpr const char* suffix = ".sock";

Error trouble(std::string_view what, const std::string& path) {
  return failure(ErrorCode::system, text::concat({what, ": ", std::generic_category().message(errno)}), path,
                 "check the state folder's permissions, or choose another with --state");
}

// The address of a socket in a folder that is held open.
sockaddr_un address_in(const Descriptor& folder, const std::string& name) {
  sockaddr_un out{};
  out.sun_family = AF_UNIX;
  const auto path = text::concat({"/proc/self/fd/", std::to_string(folder.number()), "/", name});
  path.copy(out.sun_path, sizeof out.sun_path - 1);
  return out;
}

const sockaddr* plain(const sockaddr_un& address) noexcept { return reinterpret_cast<const sockaddr*>(&address); }

void be_patient(int connection) {
  (void)::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  (void)::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

std::optional<std::string> read_line(int connection) {
  std::string out;
  char block[4096];
  while (out.size() < longest_line) {
    const auto count = ::recv(connection, block, sizeof block, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    out.append(block, static_cast<std::size_t>(count));
    if (out.back() == '\n') return out;
  }
  return std::nullopt;
}

bool write_line(int connection, std::string line) {
  line.push_back('\n');
  for (std::string_view left = line; !left.empty();) {
    const auto count = ::send(connection, left.data(), left.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    left.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

Result<json::object> ask(const Descriptor& folder, const fs::path& socket, std::string_view command) {
  const auto path = socket.string();
  const Descriptor connection{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  be_patient(connection.number());
  const auto address = address_in(folder, socket.filename().string());
  if (::connect(connection.number(), plain(address), sizeof address) != 0) {
    const bool has_gone = errno == ECONNREFUSED;  // its server
    auto out = trouble("it cannot be asked", path);
    if (has_gone) out.code = ErrorCode::not_found;
    return out;
  }
  if (!write_line(connection.number(), json::text(json::object{{"command", json::key(command)}})))
    return trouble("it does not listen", path);
  const auto line = read_line(connection.number());
  if (!line) return trouble("it does not answer", path);
  const auto said = json::read(*line);
  const auto* answer = said ? said->if_object() : nullptr;
  if (!answer) return failure(ErrorCode::unreachable, "it answers something else", path, "is it the same version?");
  if (const auto* refused = json::find_string(*answer, "error"))
    return failure(ErrorCode::invalid_argument, std::string{json::view(*refused)}, path, "is it the same version?");
  return *answer;
}

}  // namespace

Result<std::unique_ptr<Control>> Control::open(const std::string& folder, const std::string& name, Handlers handlers) {
  const auto path = text::concat({folder, "/", name, suffix});
  const Descriptor place{::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
  if (place.number() < 0) return trouble("the folder cannot be opened", folder);
  Descriptor listener{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  const auto address = address_in(place, name + suffix);
  (void)::unlink(path.c_str());
  if (::bind(listener.number(), plain(address), sizeof address) != 0 || ::chmod(path.c_str(), 0600) != 0 ||
      ::listen(listener.number(), 16) != 0) {
    return trouble("the control socket cannot be made", path);
  }
  Descriptor waker{::eventfd(0, EFD_CLOEXEC)};
  if (waker.number() < 0) return trouble("the control socket cannot be served", path);
  return std::unique_ptr<Control>{new Control{path, std::move(handlers), listener.release(), waker.release()}};
}

Control::Control(std::string path, Handlers handlers, int listener, int waker)
    : path_{std::move(path)}, handlers_{std::move(handlers)}, listener_{listener}, waker_{waker}, thread_{[this] {
        serve();
      }} {}

Control::~Control() {
  (void)::unlink(path_.c_str());
  (void)::eventfd_write(waker_, 1);
  thread_.join();
  ::close(listener_);
  ::close(waker_);
}

void Control::serve() {
  for (;;) {
    pollfd waiting[] = {{listener_, POLLIN, 0}, {waker_, POLLIN, 0}};
    if (::poll(waiting, 2, -1) < 0) continue;
    if (waiting[1].revents != 0) return;
    const Descriptor connection{::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)};
    if (connection.number() >= 0) answer(connection.number());
  }
}

void Control::answer(int connection) const {
  be_patient(connection);
  const auto line = read_line(connection);
  if (!line) return;
  const auto said = json::read(*line);
  const auto* asked = said ? said->if_object() : nullptr;
  const auto* command = asked ? json::find_string(*asked, "command") : nullptr;
  const auto handler = command ? handlers_.find(json::view(*command)) : handlers_.end();
  const auto out =
      handler == handlers_.end() ? json::object{{"error", "this server knows no such command"}} : handler->second();
  (void)write_line(connection, json::text(out));
}

std::map<std::string, Result<json::object>> ask_servers(const std::string& folder, std::string_view command) {
  std::map<std::string, Result<json::object>> out;
  const Descriptor place{::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator{folder, failed}) {
    const auto& path = entry.path();
    if (path.extension() != suffix) continue;
    auto answer = ask(place, path, command);
    const bool is_dead = !answer && answer.error().code == ErrorCode::not_found;
    if (is_dead) fs::remove(path, failed);
    if (!is_dead) out.emplace(path.stem().string(), std::move(answer));
  }
  return out;
}

}  // namespace tomada::app
