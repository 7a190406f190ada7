#pragma once
// What a caller may ask a source: filters, which apply before paging, and a slice of what they leave.
#include "model.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace tomada::erp {

struct Slice {
  std::int64_t offset = 0;
  std::int64_t limit = 10;
};

// Texts are matched word by word, in any order, without regard to case, accents and spaces around them; an empty text
// matches everything.
enum class PartnerRole { all, customer, supplier };
struct PartnerQuery {
  std::string text;  // words of name or trade name, or part of the digits of CNPJ/CPF
  std::string city;  // part of the city's name
  std::string state;
  PartnerRole role = PartnerRole::all;
  std::optional<bool> is_active;
  Slice slice;  // ordered by name, then id
};

struct CategoryQuery {
  std::string text;  // words of the description, or how the code begins
  std::optional<CategoryKind> kind;
  std::optional<bool> is_active;
  Slice slice;  // ordered by code
};

struct DepartmentQuery {
  Slice slice;  // ordered by structure, then code
};

struct ProductQuery {
  std::string text;  // words of code or description
  bool only_low_stock = false;
  std::optional<bool> is_active;
  Slice slice;  // ordered by description, then code
};

struct OrderQuery {
  std::optional<OrderStatus> status;
  std::optional<Date> from, to;  // ordered_on, both included
  std::string partner;           // as PartnerQuery::text
  std::string number;            // exactly
  Slice slice;                   // newest first, then by id, descending
};

// open: anything left to pay. overdue: that, past its due date. due: that, not yet past it. partial: that, part of it
// paid.
enum class TitleFilter { all, open, overdue, due, partial, paid, cancelled };
enum class TitleOrder { due_date, amount };  // oldest first · largest first; then by id
struct TitleQuery {
  Direction direction = Direction::receivable;
  TitleFilter status = TitleFilter::all;
  std::optional<Date> due_from, due_to;           // both included
  std::string partner;                            // as PartnerQuery::text
  std::optional<Decimal> min_amount, max_amount;  // of the whole title, both included
  TitleOrder order = TitleOrder::due_date;
  Slice slice;
};

}  // namespace tomada::erp
