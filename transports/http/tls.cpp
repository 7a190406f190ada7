#include "transports/http/tls.hpp"

#include "core/base/text.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <ctime>
#include <string_view>
#include <system_error>
#include <utility>

namespace tomada::http {
namespace {

constexpr std::array<unsigned char, 9> http_11{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

// A client that names no protocol we speak (HTTP/2 alone) is told so instead of being answered in another one.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  unsigned char* chosen = nullptr;
  const int found = SSL_select_next_proto(&chosen, size, http_11.data(), http_11.size(), offered, offered_size);
  *out = chosen;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void set_up(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

std::string reason() {
  const auto code = ERR_peek_error();  // the first one tells the cause
  ERR_clear_error();
  if (ERR_SYSTEM_ERROR(code)) return std::generic_category().message(ERR_GET_REASON(code));
  const char* const words = ERR_reason_error_string(code);
  return words ? words : "unknown reason";
}

Error unusable(std::string_view what, const std::string& file, std::string hint) {
  return failure(ErrorCode::configuration, text::concat({what, ": ", file, ": ", reason()}), file, std::move(hint));
}

WallTime end_of(const SSL_CTX* context) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context)), &parts) != 1) return WallTime::max();
  return std::chrono::system_clock::from_time_t(::timegm(&parts));
}

}  // namespace

void FreeSsl::operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
void Certificate::Free::operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }

Result<std::shared_ptr<const Certificate>> Certificate::read(const CertificateFiles& files) {
  auto out = std::make_shared<Certificate>();
  out->context_.reset(SSL_CTX_new(TLS_server_method()));
  auto* const context = out->context_.get();
  if (!context) return failure(ErrorCode::system, "TLS cannot be used", "http", "look at the installation of OpenSSL");
  ERR_clear_error();
  set_up(context);
  if (SSL_CTX_use_certificate_chain_file(context, files.chain.c_str()) != 1) {
    return unusable("the certificate cannot be used", files.chain,
                    "name a PEM file with the server's certificate and those that lead to the root");
  }
  if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    return unusable("the key cannot be used", files.key, "name the PEM file with this certificate's key");
  }
  out->ends_at_ = end_of(context);
  return std::shared_ptr<const Certificate>{std::move(out)};
}

SslHandle Certificate::accept(int socket) const {
  SslHandle out{SSL_new(context_.get())};
  if (!out || SSL_set_fd(out.get(), socket) != 1) return {};
  SSL_set_accept_state(out.get());
  return out;
}

}  // namespace tomada::http
