#include "provenance.hpp"

#include <algorithm>

namespace tomada::erp {

void merge(Provenance& into, const Provenance& other) {
  const bool is_older = other.as_of_ms != 0 && (into.as_of_ms == 0 || other.as_of_ms < into.as_of_ms);
  if (is_older) into.as_of_ms = other.as_of_ms;
  into.age_ms = std::max(into.age_ms, other.age_ms);
  into.refresh_in_ms = std::max(into.refresh_in_ms, other.refresh_in_ms);
  into.was_asked = into.was_asked || other.was_asked;
  if (into.trouble.empty()) into.trouble = other.trouble;
  merge_gaps(into, other);
}

void merge_name_gaps(Provenance& into, const Provenance& names) {
  const bool is_all_else_known = !into.is_truncated;
  merge_gaps(into, names);
  into.is_only_of_names = is_all_else_known && into.is_truncated;
}

void merge_gaps(Provenance& into, const Provenance& other) {
  into.is_truncated = into.is_truncated || other.is_truncated;
  into.is_only_of_names = into.is_only_of_names && !other.is_truncated;
  into.rows_read += other.rows_read;
  into.rows_held += other.rows_held;
}

}  // namespace tomada::erp
