#pragma once
// Envelope: the predecessor's wrapper around every answer, and its page numbers.
#include "tools/arguments.hpp"
#include "tools/tools.hpp"

#include <string_view>

namespace tomada::erp::tools::compat {

// pagina and registros_por_pagina as a slice.
[[nodiscard]] Slice slice_of(const Arguments& read, std::int64_t usual_size);

// {pagina, registros_por_pagina, total_de_paginas, registros, total_de_registros, KEY: rows}
[[nodiscard]] json::object page_facts(Slice slice, std::int64_t total, std::string_view key, json::array rows);

// Runs `ask`, which gives {data, provenance}; an error of the ERP becomes the predecessor's {"status": "erro"} text.
struct Reading {
  json::object facts;
  Provenance provenance;
};
template <class Ask>
[[nodiscard]] Answer answer(const Source& source, const json::object& arguments, const Request& request, Ask ask);

[[nodiscard]] Answer success(const Source& source, const json::object& arguments, const Request& request,
                             Reading reading);
[[nodiscard]] sdk::ToolError failure(std::string_view reason, const json::object& arguments, const Request& request);

template <class Ask>
Answer answer(const Source& source, const json::object& arguments, const Request& request, Ask ask) {
  try {
    return success(source, arguments, request, ask());
  } catch (const sdk::ToolError& error) {
    throw failure(error.what(), arguments, request);
  }
}

}  // namespace tomada::erp::tools::compat
