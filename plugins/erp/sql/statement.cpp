#include "sql/statement.hpp"

#include "folding.hpp"
#include "matching.hpp"

namespace tomada::erp::sql {
namespace {

std::string like(std::string_view part) {  // for LIKE … ESCAPE '!'
  std::string out = "%";
  for (const char c : part) {
    if (c == '%' || c == '_' || c == '!') out += '!';
    out += c;
  }
  return out + '%';
}

constexpr const char* never = "1 = 0";

}  // namespace

std::string Statement::bind(std::string_view value) {
  parameters_.emplace_back(sdk::json::string_view{value.data(), value.size()});
  return "$" + std::to_string(parameters_.size());
}

std::string Statement::bind(std::int64_t value) {
  parameters_.emplace_back(value);
  return "$" + std::to_string(parameters_.size());
}

std::string Statement::bind(Date value) {
  const auto day = bind(std::string_view{value.iso()});
  return dialect_ == Dialect::sqlite ? day : "CAST(" + day + " AS date)";
}

void Statement::where(const std::string& condition) {
  conditions_ += (conditions_.empty() ? " WHERE " : " AND ") + condition;
}

std::string Statement::fold(const std::string& text) {
  if (letters_.empty()) {
    letters_ = bind(folding_table().letters);
    plain_ = bind(folding_table().plain);
  }
  return folded(dialect_, text, letters_, plain_);
}

std::string Statement::has_words(const std::string& text, std::string_view words) {
  std::string out;
  const auto where = fold(text);
  for (const auto& word : folded_words(words)) {
    const bool is_unheard = word.find('\0') != std::string::npos;  // no database keeps it
    const auto one = is_unheard ? std::string{never} : where + " LIKE " + bind(like(word)) + " ESCAPE '!'";
    out += (out.empty() ? "(" : " AND ") + one;
  }
  return out.empty() ? "1 = 1" : out + ")";
}

void Statement::where_words(const std::string& text, std::string_view words) {
  if (!trimmed(words).empty()) where(has_words(text, words));
}

void Statement::where_names(const std::string& name, std::string_view words) {
  if (trimmed(words).empty()) return;
  auto either = has_words(name + " || '\n' || t.trade_name", words);
  if (const auto digits = tax_digits(words); !digits.empty())
    either = "(" + either + " OR translate(t.tax_id, './- ', '') LIKE " + bind(like(digits)) + ")";
  where(either);
}

}  // namespace tomada::erp::sql
