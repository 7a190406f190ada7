#include "core/config/expand.hpp"

#include "core/base/text.hpp"

#include <cstdlib>
#include <filesystem>

namespace tomada::config {
namespace {

constexpr std::size_t shortest_secret = 6;  // hiding shorter ones would blacken half the log
constexpr std::string_view file_prefix = "file:";

class Expander final {
 public:
  Expander(Document& document, std::vector<std::string>& secrets, std::set<std::string>& variables,
           std::vector<Error>& problems)
      : document_{document}, secrets_{secrets}, variables_{variables}, problems_{problems} {}

  void walk(json::value& value, const std::string& pointer) {
    if (auto* text = value.if_string()) return string(*text, pointer);
    if (auto* object = value.if_object()) {
      for (auto& member : *object) walk(member.value(), child(pointer, member.key()));
    }
    if (auto* array = value.if_array()) {
      for (std::size_t i = 0; i < array->size(); ++i) walk((*array)[i], child(pointer, std::to_string(i)));
    }
  }

 private:
  void string(json::string& value, const std::string& pointer) {
    const std::string before{json::view(value)};
    if (before.find("${") == std::string::npos) return;
    std::string after;
    for (std::size_t at = 0; at < before.size();) {
      const std::string_view rest = std::string_view{before}.substr(at);
      if (rest.starts_with("$${")) {
        after.append("${");
        at += 3;
      } else if (rest.starts_with("${")) {
        const std::size_t end = rest.find('}');
        if (end == std::string_view::npos)
          return complain(pointer, "\"${\" without \"}\"", "write $${ for the two characters themselves");
        after.append(lookup(rest.substr(2, end - 2), pointer));
        at += end + 1;
      } else {
        after.push_back(before[at++]);
      }
    }
    document_.written[pointer] = before;
    value = after;
  }

  std::string lookup(std::string_view inside, const std::string& pointer) {
    std::string found = inside.starts_with(file_prefix) ? file(std::string{inside.substr(file_prefix.size())}, pointer)
                                                        : variable(inside, pointer);
    if (found.size() >= shortest_secret) secrets_.push_back(found);
    return found;
  }

  std::string variable(std::string_view inside, const std::string& pointer) {
    const std::size_t dash = inside.find(":-");
    const std::string name{inside.substr(0, dash)};
    variables_.insert(name);
    if (const char* found = std::getenv(name.c_str()); found && *found) return found;
    if (dash != std::string_view::npos) return std::string{inside.substr(dash + 2)};
    complain(pointer, text::concat({"the environment variable ", name, " is not set"}),
             text::concat({"set it, or write ${", name, ":-default}"}));
    return {};
  }

  std::string file(const std::string& path, const std::string& pointer) {
    const auto folder = std::filesystem::path{document_.source}.parent_path();
    const std::string full = (folder / path).string();
    auto text = read_file(full);
    if (!text) {
      complain(pointer, text::concat({"the file ", full, " cannot be read: ", text.error().message}),
               "create it readable for this user, or mend the path");
      return {};
    }
    std::string found = std::move(*text);
    while (!found.empty() && (found.back() == '\n' || found.back() == '\r')) found.pop_back();
    return found;
  }

  void complain(const std::string& pointer, std::string_view message, std::string hint) {
    document_.unresolved.insert(pointer);
    problems_.push_back(failure(ErrorCode::configuration, text::concat({dotted(pointer), ": ", message}),
                                document_.where(pointer), std::move(hint)));
  }

  Document& document_;
  std::vector<std::string>& secrets_;
  std::set<std::string>& variables_;
  std::vector<Error>& problems_;
};

}  // namespace

void expand(Document& document, std::vector<std::string>& secrets, std::set<std::string>& variables,
            std::vector<Error>& problems) {
  Expander expander{document, secrets, variables, problems};
  for (auto& member : document.root) expander.walk(member.value(), child("", member.key()));
}

}  // namespace tomada::config
