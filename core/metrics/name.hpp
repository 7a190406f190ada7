#pragma once
// Names, labels and values as Prometheus wants them; a wrong one is a bug of its author and throws
// std::invalid_argument.
#include "core/metrics/metrics.hpp"

#include <string>
#include <string_view>

namespace tomada::metrics {

enum class Kind { counter, gauge, histogram };
[[nodiscard]] std::string_view name(Kind kind) noexcept;

void check_name(std::string_view name, std::string_view help, Kind kind);

[[nodiscard]] std::string label_text(const Labels& labels);
// `a="1",b="x"`: sorted by name, escaped; empty for none. Equal label sets give equal text.

[[nodiscard]] std::string escape_help(std::string_view help);
void append_number(std::string& out, double number);

}  // namespace tomada::metrics
