#include "transports/http/address.hpp"

#include "core/base/text.hpp"

#include <boost/asio/ip/address.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

namespace tomada::http {
namespace {

constexpr const char* listen_hint = "write host:port, for example 127.0.0.1:8420, [::1]:8420 or 0.0.0.0:8420";

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

// "[::1]" to "::1"; an IPv6 address without brackets is refused because its port would be ambiguous.
std::optional<std::string> parse_host(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.front() == '[') {
    if (text.back() != ']' || text.size() < 3) return std::nullopt;
    return std::string{text.substr(1, text.size() - 2)};
  }
  if (text.find(':') != std::string_view::npos) return std::nullopt;
  return std::string{text};
}

Result<asio::ip::address> find_address(const std::string& host, std::string_view listen) {
  SocketError error;
  if (host == "localhost") return asio::ip::address{asio::ip::address_v4::loopback()};
  const auto literal = asio::ip::make_address(host, error);
  if (!error) return literal;
  asio::io_context io;
  Tcp::resolver resolver{io};
  const auto found = resolver.resolve(host, "", error);
  if (error || found.empty()) {
    return failure(ErrorCode::configuration, text::concat({"the host name \"", host, "\" cannot be resolved"}),
                   std::string{listen}, listen_hint);
  }
  return found.begin()->endpoint().address();
}

}  // namespace

Result<Tcp::endpoint> parse_listen(std::string_view listen) {
  const auto colon = listen.rfind(':');
  const auto host = colon == std::string_view::npos ? std::nullopt : parse_host(listen.substr(0, colon));
  if (!host) {
    return failure(ErrorCode::configuration, text::concat({"\"", listen, "\" is no address to listen on"}),
                   "http.listen", listen_hint);
  }
  const auto port = parse_port(listen.substr(colon + 1));
  if (!port) {
    return failure(ErrorCode::configuration,
                   text::concat({"\"", listen.substr(colon + 1), "\" is no port: 0 to 65535"}), "http.listen",
                   listen_hint);
  }
  const auto address = find_address(*host, listen);
  if (!address) return address.error();
  return Tcp::endpoint{*address, *port};
}

std::string network_of(const Tcp::endpoint& peer) {
  const auto address = peer.address();
  const auto text = [](const auto& bytes, std::size_t count) {
    return std::string{reinterpret_cast<const char*>(bytes.data()), count};
  };
  if (address.is_v4()) return text(address.to_v4().to_bytes(), 4);
  const auto v6 = address.to_v6();
  if (v6.is_v4_mapped()) return text(asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_bytes(), 4);
  return text(v6.to_bytes(), 8);
}

}  // namespace tomada::http
