#pragma once
// Operation: a call of Omie, where it lives, and how its answer is built.
namespace tomada::erp::omie {

struct Operation {
  const char* path;
  const char* name;
  const char* list = "";      // the array of a list call
  const char* record = "";    // what names one of its records: "codigo_produto", "cabecalho.codigo_pedido"
  bool is_hungarian = false;  // nPagina … instead of pagina …

  [[nodiscard]] const char* page_tag() const noexcept { return is_hungarian ? "nPagina" : "pagina"; }
  [[nodiscard]] const char* size_tag() const noexcept {
    return is_hungarian ? "nRegPorPagina" : "registros_por_pagina";
  }
  [[nodiscard]] const char* pages_tag() const noexcept { return is_hungarian ? "nTotPaginas" : "total_de_paginas"; }
  [[nodiscard]] const char* total_tag() const noexcept { return is_hungarian ? "nTotRegistros" : "total_de_registros"; }
};

}  // namespace tomada::erp::omie
