#include "core/sql/databases.hpp"

#include "core/base/text.hpp"
#include "core/sql/database.hpp"

#include <filesystem>
#include <system_error>

namespace tomada::sql {
namespace {

class NamedDatabases final : public Databases {
 public:
  explicit NamedDatabases(health::Board& health) : health_{health} {}
  ~NamedDatabases() override {
    for (const auto& [name, database] : databases_) health_.forget("upstream." + name, this);
  }

  void add(const std::string& name, std::unique_ptr<Database> database) {
    const Database& added = *databases_.emplace(name, std::move(database)).first->second;
    health_.watch(
        "upstream." + name, false, [&added] { return added.condition(); }, this);
  }

  bool knows(std::string_view upstream) const override { return databases_.contains(upstream); }

  Result<Answer> ask(const Question& question) override {
    const auto found = databases_.find(question.upstream);
    if (found != databases_.end()) return found->second->ask(question);
    return failure(
        ErrorCode::not_found, text::concat({"There is no database named ", question.upstream, "."}),
        "upstream." + question.upstream,
        text::concat({"let [upstream.", question.upstream, "] have a url that begins with postgresql:// or sqlite:"}));
  }

 private:
  health::Board& health_;
  std::map<std::string, std::unique_ptr<Database>, std::less<>> databases_;
};

}  // namespace

Result<std::unique_ptr<Databases>> open_databases(const std::map<std::string, Options>& databases,
                                                  const std::string& modules, const upstream::Surroundings& with) {
  std::error_code error;
  const auto limits = with.state_folder + "/limits";
  std::filesystem::create_directories(limits, error);
  if (!error) std::filesystem::permissions(limits, std::filesystem::perms::owner_all, error);
  if (error)
    return failure(ErrorCode::system, text::concat({"Cannot make the folder ", limits, ": ", error.message(), "."}),
                   limits, "choose a writable state folder with --state");
  auto out = std::make_unique<NamedDatabases>(with.health);
  for (const auto& [name, options] : databases) {
    auto opened = Database::open(name, options, modules, with);
    if (!opened) return opened.error();
    out->add(name, std::move(*opened));
  }
  return std::unique_ptr<Databases>{std::move(out)};
}

}  // namespace tomada::sql
