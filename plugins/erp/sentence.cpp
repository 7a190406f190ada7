#include "sentence.hpp"

namespace tomada::erp {

std::string_view without_stop(std::string_view text) {
  while (text.ends_with('.') || text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string host_sentence(std::string_view text) {
  const auto colon = text.find(": ");
  if (text.starts_with("upstream.") && colon != std::string_view::npos) text.remove_prefix(colon + 2);
  const auto hint = text.ends_with(')') ? text.rfind(" (") : std::string_view::npos;
  if (hint == std::string_view::npos) return std::string{without_stop(text)} + '.';
  const auto step = text.substr(hint + 2, text.size() - hint - 3);
  return std::string{without_stop(text.substr(0, hint))} + "; " + std::string{step} + '.';
}

}  // namespace tomada::erp
