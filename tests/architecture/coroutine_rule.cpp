// g++ 12 destroys temporaries of a co_await expression twice, and miscompiles it in conditions. Text is enough to keep
// away from all known forms: what stands before co_await is nothing, an assignment, co_return or a (void) cast; what
// follows up to the semicolon holds no braces, no lambda, no conditional and no second co_await.
#include "coroutine_rule.hpp"

#include "source_tree.hpp"

#include <regex>

namespace tomada::architecture {
namespace {

bool is_safe_head(std::string head) {
  static const std::regex label{R"(^\s*(else\b|case [^:]*:|default\s*:))"};
  static const std::regex allowed{R"(^\s*(co_return|\(void\)|[\w:<>,&*\s]*(\[[\w\s,]+\])?[\w.>\-\s]*=)?\s*$)"};
  head = std::regex_replace(head, label, "", std::regex_constants::format_first_only);
  return std::regex_match(head, allowed);
}

bool is_safe_tail(const std::string& tail) {
  static const std::regex second{R"(\bco_await\b)"};
  return tail.find_first_of("{}[?") == std::string::npos && !std::regex_search(tail, second);
}

std::string one_line(const std::string& text) {
  static const std::regex space{R"(\s+)"};
  return std::regex_replace(text, space, " ").substr(0, 100);
}

}  // namespace

std::vector<std::string> coroutine_faults(std::string_view source) {
  static const std::regex exempt{R"(co_await\s+((boost::)?asio::)?this_coro::executor)"};
  static const std::regex keyword{R"(\bco_await\b)"};
  std::vector<std::string> faults;
  if (source.find("co_await") == std::string_view::npos) return faults;
  const std::string code = std::regex_replace(code_only(source), exempt, "executor");
  for (auto match = std::sregex_iterator{code.begin(), code.end(), keyword}; match != std::sregex_iterator{}; ++match) {
    const auto at = static_cast<std::size_t>(match->position());
    const auto before = at == 0 ? std::string::npos : code.find_last_of(";{}", at - 1);
    const auto start = before == std::string::npos ? 0 : before + 1;
    const auto end = std::min(code.find(';', at), code.size());
    const std::string head = code.substr(start, at - start);
    const std::string tail = code.substr(at + 8, end - at - 8);
    if (!is_safe_head(head) || !is_safe_tail(tail)) faults.push_back(one_line(head + "co_await" + tail));
  }
  return faults;
}

}  // namespace tomada::architecture
