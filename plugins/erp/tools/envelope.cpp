#include "tools/envelope.hpp"

#include "tools/amounts.hpp"
#include "tools/listing.hpp"

#include <algorithm>
#include <utility>

namespace tomada::erp::tools::compat {
namespace {

constexpr std::int64_t most_rows = 500, most_pages = 1'000'000;

json::object wrapped(const char* status, const json::object& arguments, const Request& request) {
  json::object out{{"status", status}, {"timestamp", instant(request.now_ms)}};
  out["filtros"] = json::object{arguments};
  return out;
}

}  // namespace

Slice slice_of(const Arguments& read, std::int64_t usual_size) {
  const auto size = std::clamp<std::int64_t>(read.integer("registros_por_pagina", usual_size), 1, most_rows);
  const auto page = std::clamp<std::int64_t>(read.integer("pagina", 1), 1, most_pages);
  return {(page - 1) * size, size};
}

json::object page_facts(Slice slice, std::int64_t total, std::string_view key, json::array rows) {
  json::object out{{"pagina", slice.offset / slice.limit + 1},
                   {"registros_por_pagina", slice.limit},
                   {"total_de_paginas", (total + slice.limit - 1) / slice.limit},
                   {"registros", rows.size()},
                   {"total_de_registros", total}};
  out[json::string_view{key.data(), key.size()}] = std::move(rows);
  return out;
}

Answer success(const Source& source, const json::object& arguments, const Request& request, Reading reading) {
  auto out = wrapped("sucesso", arguments, request);
  out["data"] = std::move(reading.facts);
  const auto& from = reading.provenance;
  if (from.is_truncated)
    out["aviso"] = "Parcial: os totais cobrem só os " + std::to_string(from.rows_read) + " registros mais novos, de " +
                   std::to_string(from.rows_held) + ".";
  auto answer = sourced(source, reading.provenance, {}, {});
  answer.structured_text = write_with_amounts(out);
  return answer;
}

sdk::ToolError failure(std::string_view reason, const json::object& arguments, const Request& request) {
  auto out = wrapped("erro", arguments, request);
  out["error"] = std::string{reason};
  return sdk::ToolError{sdk::write(out)};
}

}  // namespace tomada::erp::tools::compat
