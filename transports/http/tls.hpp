#pragma once
// Tls: the certificate and key of a listener, which can be exchanged while it serves.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/base/snapshot.hpp"

#include <openssl/types.h>

#include <memory>
#include <string>

namespace tomada::http {

struct FreeSsl {
  void operator()(SSL* ssl) const noexcept;
};
using SslHandle = std::unique_ptr<SSL, FreeSsl>;

struct CertificateFiles {  // PEM
  std::string chain;       // the server's certificate first, then those that lead to the root
  std::string key;
};

// One certificate with its key, ready to serve. TLS 1.2 and 1.3, HTTP/1.1.
class Certificate final {
 public:
  [[nodiscard]] static Result<std::shared_ptr<const Certificate>> read(const CertificateFiles& files);
  // Errors: configuration, the place is the file: unreadable, no PEM, a key that belongs to another certificate.

  [[nodiscard]] WallTime ends_at() const noexcept { return ends_at_; }  // when clients stop to accept it
  [[nodiscard]] SslHandle accept(int socket) const;  // a conversation to come; null: no memory for it

 private:
  struct Free {
    void operator()(SSL_CTX* context) const noexcept;
  };
  std::unique_ptr<SSL_CTX, Free> context_;
  WallTime ends_at_{};
};

using Tls = Snapshot<Certificate>;  // what connections from now on are served with; empty: no TLS

}  // namespace tomada::http
