#pragma once
// Bench: a copy in a folder of its own, and an ERP that changes as a test says.
#include "mirror/copying.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

namespace tomada::erp::mirror::test {

class Folder {
 public:
  Folder() {
    std::string made = (std::filesystem::temp_directory_path() / "tomada-mirror-XXXXXX").string();
    if (!::mkdtemp(made.data())) throw std::runtime_error("no folder for the test");
    path_ = made;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

using Books = std::map<int, std::string>;  // id to what is open

class FakeErp final : public Feed {
 public:
  struct Row {
    Title title;
    std::int64_t changed_ms = 0;
  };
  static constexpr std::int64_t page_rows = 10;

  std::map<int, Row> titles;
  std::function<void(std::int64_t page)> before_page = [](std::int64_t) {};  // of the whole list
  int whole_pages = 0, empty_answers = 0;
  std::int64_t counted_twice = 0;
  bool is_down = false;

  void put(int id, const std::string& amount, std::int64_t changed_ms = 0) {
    auto& row = titles[id];
    row.title.id = std::to_string(id);
    row.title.amount = row.title.open = Decimal::parse(amount);
    row.title.paid = Decimal::from_units(0, 2);
    row.title.due_on = Date::of(2026, 11, 20);
    row.changed_ms = changed_ms;
  }
  [[nodiscard]] Books books() const {
    Books out;
    for (const auto& [id, row] : titles) out[id] = row.title.open.text();
    return out;
  }

  [[nodiscard]] Sheet read(const Question& question, const std::stop_token&) override {
    if (is_down) throw sdk::ToolError{"the ERP is down"};
    if (question.shelf != Shelf::titles) return {};
    if (question.since_ms == 0) {
      ++whole_pages;
      before_page(question.page);
    }
    std::vector<const Row*> found;
    for (const auto& [id, row] : titles)
      if (row.changed_ms >= question.since_ms) found.push_back(&row);
    if (found.empty()) ++empty_answers;
    Sheet out;
    out.total = static_cast<std::int64_t>(found.size()) + (question.since_ms == 0 ? counted_twice : 0);
    out.pages = (out.total + page_rows - 1) / page_rows;
    const auto begin = std::min<std::int64_t>((question.page - 1) * page_rows, static_cast<std::int64_t>(found.size()));
    const auto end = std::min<std::int64_t>(begin + page_rows, static_cast<std::int64_t>(found.size()));
    for (auto at = begin; at < end; ++at) {
      out.titles.push_back(found[static_cast<std::size_t>(at)]->title);
      out.newest_change_ms = std::max(out.newest_change_ms, found[static_cast<std::size_t>(at)]->changed_ms);
    }
    return out;
  }
  [[nodiscard]] std::int64_t count(Shelf shelf, std::int64_t, const std::stop_token&) override {
    if (is_down) throw sdk::ToolError{"the ERP is down"};
    return shelf == Shelf::titles ? static_cast<std::int64_t>(titles.size()) + counted_twice : 0;
  }
  [[nodiscard]] std::string account() const override { return "test"; }
};

struct Bench {
  Folder folder;
  FakeErp erp;
  std::int64_t clock = 1'792'000'000'000;

  Store& store() {
    if (!opened) opened.emplace(folder.path() + "/copy.db");
    return *opened;
  }
  void close() { opened.reset(); }  // as at the end of a process
  void copy() {
    Copying copying{store(), erp, [this] { return clock; }};
    if (!copying.look(Shelf::titles, {})) copying.read(Shelf::titles, {});
  }
  [[nodiscard]] ShelfState state() { return store().state(Shelf::titles); }
  [[nodiscard]] Books copied() {
    Books out;
    store().each_title({}, Date::of(2026, 11, 20), [&](const Title& title) {
      out[std::stoi(title.id)] =
          title.status == TitleStatus::cancelled ? erp.books().at(std::stoi(title.id)) : title.open.text();
    });
    return out;
  }
  [[nodiscard]] int open_titles() {
    int out = 0;
    TitleQuery open;
    open.status = TitleFilter::open;
    store().each_title(open, Date::of(2026, 11, 20), [&](const Title&) { ++out; });
    return out;
  }

  std::optional<Store> opened;
};

}  // namespace tomada::erp::mirror::test
