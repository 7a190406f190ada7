#include "core/log/redaction.hpp"

#include "core/base/base64.hpp"
#include "core/json/writer.hpp"

#include <algorithm>
#include <cstring>

namespace tomada::log {
namespace {

enum class Space { percent, plus };

std::string percent_encode(std::string_view text, std::string_view digits, Space space, std::string_view unreserved) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_letter || unreserved.find(c) != std::string_view::npos) {
      out.push_back(c);
    } else if (c == ' ' && space == Space::plus) {
      out.push_back('+');
    } else {
      out.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
  }
  return out;
}

std::string json_escape(std::string_view text) {
  std::string out;
  json::write_string(out, text);
  return out.substr(1, out.size() - 2);
}

std::string escape_slashes(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '/') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

constexpr std::size_t shortest_encoded = 8;  // what stays of shorter ones is too common

// How a text looks inside something that was base64-encoded as a whole ("user:secret"), `shift` bytes behind a border
// of three: only the characters that depend on nothing but the text. URL alphabet.
std::string base64_inside(std::string_view text, std::size_t shift) {
  const std::size_t skipped = (3 - shift) % 3;  // bytes that share a character with what stands before
  return base64::encode_url(text.substr(skipped, (text.size() - skipped) / 3 * 3));
}

std::string in_standard_alphabet(std::string base64url) {
  std::replace(base64url.begin(), base64url.end(), '-', '+');
  std::replace(base64url.begin(), base64url.end(), '_', '/');
  return base64url;
}

std::vector<std::string> forms_of(std::string_view secret) {
  const std::string escaped = json_escape(secret);
  std::vector<std::string> out{std::string{secret}, escaped, escape_slashes(escaped)};
  for (const std::string_view digits : {"0123456789ABCDEF", "0123456789abcdef"}) {
    for (const Space space : {Space::percent, Space::plus}) {
      for (const std::string_view unreserved : {"-._~", "-._~/"}) {
        out.push_back(percent_encode(secret, digits, space, unreserved));
      }
    }
  }
  if (secret.size() < shortest_encoded) return out;
  for (std::size_t shift = 0; shift < 3; ++shift) {
    out.push_back(base64_inside(secret, shift));
    out.push_back(in_standard_alphabet(out.back()));
  }
  return out;
}

void replace_all(std::string& text, std::string_view form) {
  for (std::size_t at = text.find(form); at != std::string::npos; at = text.find(form, at + 3)) {
    text.replace(at, form.size(), "***");
  }
}

}  // namespace

void Redaction::hide(std::string_view secret) {
  if (secret.size() < shortest_secret) return;
  const std::lock_guard lock{mutex_};
  const auto current = forms_.read();
  auto next = current ? *current : std::vector<std::string>{};
  for (auto& form : forms_of(secret)) next.push_back(std::move(form));
  std::sort(next.begin(), next.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  next.erase(std::unique(next.begin(), next.end()), next.end());
  forms_.publish(std::make_shared<const std::vector<std::string>>(std::move(next)));
}

bool Redaction::finds(std::string_view text) const {
  const auto forms = forms_.read();
  if (!forms || text.empty()) return false;
  return std::any_of(forms->begin(), forms->end(),
                     [text](const auto& form) { return ::memmem(text.data(), text.size(), form.data(), form.size()); });
}

std::string Redaction::apply(std::string_view text) const {
  std::string out{text};
  const auto forms = forms_.read();
  if (!forms) return out;
  for (const auto& form : *forms) replace_all(out, form);
  return out;
}

}  // namespace tomada::log
