// CLI11 reports what is missing before what is wrong, so "tomada chek" would hear that a command is required. The
// words are therefore walked once more, as far as they name commands.
#include "core/cli/mistake.hpp"

#include "core/base/result.hpp"
#include "core/base/text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tomada::cli {
namespace {

struct Place {  // how far the words lead
  const CLI::App* command;
  std::string path;          // "tools call"
  std::string command_word;  // unknown command; empty: none
  std::string option_word;   // unknown option; empty: none
};

const CLI::Option* option_of(const CLI::App* command, const std::string& word) {
  for (; command; command = command->get_parent()) {
    if (const auto* found = command->get_option_no_throw(word)) return found;
  }
  return nullptr;
}

const CLI::App* inner(const CLI::App& command, const std::string& word) {
  for (const auto* each : command.get_subcommands([](const CLI::App*) { return true; })) {
    if (each->get_name() == word) return each;
  }
  return nullptr;
}

Place walk(const CLI::App& app, int count, const char* const* words) {
  Place at{&app, {}, {}, {}};
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word.starts_with("--") && word.size() > 2) {
      const auto* option = option_of(at.command, word.substr(0, word.find('=')));
      if (!option && at.option_word.empty()) at.option_word = word.substr(0, word.find('='));
      const bool takes_next = option && option->get_expected_min() > 0 && word.find('=') == std::string::npos;
      i += takes_next ? 1 : 0;
    } else if (const auto* next = inner(*at.command, word)) {
      at.command = next;
      at.path.append(at.path.empty() ? "" : " ").append(word);
    } else if (at.command->get_require_subcommand_min() > 0) {
      at.command_word = word;
      return at;
    }
  }
  return at;
}

std::vector<std::string> commands_of(const CLI::App& command) {
  std::vector<std::string> out;
  for (const auto* each : command.get_subcommands([](const CLI::App*) { return true; }))
    out.push_back(each->get_name());
  return out;
}

std::vector<std::string> options_of(const CLI::App* command) {
  std::vector<std::string> out;
  for (; command; command = command->get_parent()) {
    for (const auto* option : command->get_options()) {
      for (const auto& name : option->get_lnames()) out.push_back("--" + name);
    }
  }
  return out;
}

std::string help_of(const Place& at) {
  return text::concat({"see tomada ", at.path, at.path.empty() ? "--help" : " --help"});
}

std::string next_step(const std::string& word, const std::vector<std::string>& known, const Place& at,
                      const std::string& otherwise) {
  const auto nearest = text::nearest(word, known);
  if (nearest.empty()) return otherwise + help_of(at);
  return text::concat({"did you mean \"", nearest, "\"? S", help_of(at).substr(1)});
}

}  // namespace

Error mistake(const CLI::App& app, int count, const char* const* words, const CLI::ParseError& error) {
  const Place at = walk(app, count, words);
  const auto usage = [](std::string message, std::string hint) {
    return failure(ErrorCode::usage, std::move(message), "command line", std::move(hint));
  };
  if (!at.option_word.empty()) {
    return usage(text::concat({"there is no option \"", at.option_word, "\""}),
                 next_step(at.option_word, options_of(at.command), at, ""));
  }
  if (at.command->get_require_subcommand_min() == 0) return usage(error.what(), help_of(at));
  const auto known = commands_of(*at.command);
  const std::string all = text::join(known, ", ") + "; ";
  if (at.command_word.empty()) {
    return usage(
        at.path.empty() ? "a command is missing" : text::concat({"a command after \"", at.path, "\" is missing"}),
        all + help_of(at));
  }
  const std::string whole = at.path.empty() ? at.command_word : at.path + " " + at.command_word;
  return usage(text::concat({"there is no command \"", whole, "\""}), next_step(at.command_word, known, at, all));
}

}  // namespace tomada::cli
