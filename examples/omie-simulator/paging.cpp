#include "paging.hpp"

namespace omie_simulator {
namespace {

constexpr std::int64_t default_size = 50, size_when_all = 50;

std::int64_t number_or(const json::object& parameters, std::string_view name, std::int64_t otherwise) {
  const json::value* found = parameters.if_contains(json::string_view{name.data(), name.size()});
  return found && found->is_int64() ? found->get_int64() : otherwise;
}

}  // namespace

PageAsked read_page(const CallType& call, const json::object& parameters, const Options& options) {
  const bool is_snake = call.paging == Paging::snake;
  const char* const size_tag = is_snake                           ? "registros_por_pagina"
                               : call.paging == Paging::hungarian ? "nRegPorPagina"
                                                                  : "nRegsPorPagina";
  PageAsked out;
  out.number = std::max<std::int64_t>(number_or(parameters, is_snake ? "pagina" : "nPagina", 1), 1);
  out.size = number_or(parameters, size_tag, default_size);
  out.size = out.size < 1 ? default_size : std::min(out.size, static_cast<std::int64_t>(options.page_cap));
  const json::value* all = parameters.if_contains("cExibeTodos");
  if (all && *all == "S") out.size = size_when_all;
  return out;
}

json::object page_head(const CallType& call, std::int64_t page, std::int64_t pages, std::int64_t count,
                       std::int64_t total) {
  if (call.paging == Paging::snake)
    return {{"pagina", page}, {"total_de_paginas", pages}, {"registros", count}, {"total_de_registros", total}};
  if (call.paging == Paging::purchases)
    return {{"nPagina", page}, {"nTotalPaginas", pages}, {"nRegsPorPagina", count}, {"nTotalRegistros", total}};
  return {{"nPagina", page}, {"nTotPaginas", pages}, {"nRegistros", count}, {"nTotRegistros", total}};
}

Reply past_the_end(const CallType& call, std::int64_t page, std::int64_t pages, std::int64_t total) {
  if (call.beyond == Beyond::fault_101)
    return client_fault(101, "Não foram encontrados registros para os parâmetros informados!");
  if (call.beyond == Beyond::fault_5113)
    return client_fault(5113, "Não existem registros para a página [" + std::to_string(page) + "]!");
  const bool is_empty = call.beyond == Beyond::nothing;
  json::object out = page_head(call, page, is_empty ? 0 : pages, 0, is_empty ? 0 : total);
  out[call.list] = json::array{};
  return out;
}

}  // namespace omie_simulator
