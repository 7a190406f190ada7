// The system's resolver has no deadline, so it runs on a thread of its own that touches nothing but its own answer; a
// caller that gives up leaves it behind.
#include "core/upstream/address.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <condition_variable>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <netdb.h>
#include <sys/socket.h>
#include <thread>

namespace tomada::upstream {
namespace {

constexpr std::size_t most_addresses = 8;

struct LookUp {
  std::mutex mutex;  // guards the three below
  std::condition_variable_any done;
  bool is_done = false;
  std::vector<std::string> addresses;
};

std::string numeric(const addrinfo& from) {
  std::array<char, NI_MAXHOST> text{};
  const int error = getnameinfo(from.ai_addr, from.ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
  return error == 0 ? text.data() : std::string{};
}

std::vector<std::string> ask_system(const std::string& host, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner{found, &freeaddrinfo};
  std::vector<std::string> out;
  for (; found && out.size() < most_addresses; found = found->ai_next) {
    auto address = numeric(*found);
    if (!address.empty() && std::find(out.begin(), out.end(), address) == out.end()) out.push_back(std::move(address));
  }
  return out;
}

void look_up(const std::shared_ptr<LookUp>& answer, const std::string& host) {
  auto addresses = ask_system(host, AI_ADDRCONFIG);
  if (addresses.empty()) addresses = ask_system(host, 0);  // a machine with loopback only
  const std::lock_guard lock{answer->mutex};
  answer->addresses = std::move(addresses);
  answer->is_done = true;
  answer->done.notify_all();
}

bool is_private_ipv4(std::uint32_t address) noexcept {
  struct Block {
    std::uint32_t first;
    int bits;
  };
  static constexpr Block blocks[] = {{0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},
                                     {0xA9FE0000, 16}, {0xAC100000, 12}, {0xC0000000, 24}, {0xC0A80000, 16},
                                     {0xC6120000, 15}, {0xE0000000, 3}};
  const auto holds = [address](const Block& block) { return (address ^ block.first) >> (32 - block.bits) == 0; };
  return std::any_of(std::begin(blocks), std::end(blocks), holds);
}

bool is_private_ipv6(const std::array<unsigned char, 16>& a) noexcept {
  const auto tail = static_cast<std::uint32_t>(a[12] << 24 | a[13] << 16 | a[14] << 8 | a[15]);
  static constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  static constexpr std::array<unsigned char, 12> nat64{0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
  if (std::equal(mapped.begin(), mapped.end(), a.begin()) || std::equal(nat64.begin(), nat64.end(), a.begin()))
    return is_private_ipv4(tail);
  const bool is_global_unicast = (a[0] & 0xE0) == 0x20;  // 2000::/3; everything else is local, multicast or reserved
  const bool is_6to4 = a[0] == 0x20 && a[1] == 0x02;
  const bool is_teredo_or_documentation = a[0] == 0x20 && a[1] == 0x01 && a[2] <= 0x0d && a[2] != 0x02 && a[2] != 0x04;
  return !is_global_unicast || is_6to4 || (is_teredo_or_documentation && (a[2] == 0 || (a[2] == 0x0d && a[3] == 0xb8)));
}

}  // namespace

Result<std::vector<std::string>> resolve(const std::string& host, const Patience& patience) {
  if (auto literal = ask_system(host, AI_NUMERICHOST); !literal.empty()) return literal;
  const auto answer = std::make_shared<LookUp>();
  std::thread{[answer, host] { look_up(answer, host); }}.detach();
  std::unique_lock lock{answer->mutex};
  answer->done.wait_for(lock, patience.stop(), patience.left(), [&] { return answer->is_done; });
  if (!answer->is_done) return patience.error(host, text::concat({"looking up the address of ", host}));
  if (!answer->addresses.empty()) return answer->addresses;
  return failure(ErrorCode::unreachable, text::concat({"The name ", host, " has no address."}), {},
                 "check the host in the upstream's url and this machine's name resolution");
}

bool is_private_address(std::string_view numeric_text) noexcept {
  const std::string address{numeric_text.substr(0, numeric_text.find('%'))};
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return is_private_ipv6(bytes);
  in_addr ipv4{};
  return inet_pton(AF_INET, address.c_str(), &ipv4) != 1 || is_private_ipv4(ntohl(ipv4.s_addr));
}

}  // namespace tomada::upstream
