#pragma once
// Listing: one page of what the filters leave of some records, in the order that was asked for.
#include "answers.hpp"
#include "filters.hpp"
#include "paging.hpp"

#include "core/json/writer.hpp"

#include <utility>

namespace omie_simulator {

[[nodiscard]] inline std::string key_without_page(const Question& question) {
  auto parameters = question.parameters;
  for (const char* tag : {"pagina", "registros_por_pagina", "nPagina", "nRegPorPagina", "nRegsPorPagina"})
    parameters.erase(tag);
  std::string out = question.call.path + question.call.name;
  tomada::json::write_canonical(out, parameters);
  return out;
}

[[nodiscard]] inline bool is_descending(const json::object& asked) {  // one word, spelt in three ways
  return text_of(asked, "ordem_descrescente") == "S" || text_of(asked, "ordem_decrescente") == "S" ||
         text_of(asked, "cOrdemDecrescente") == "S";
}

// keep: (const Item&) -> bool; is_before: (const Item&, const Item&) -> bool, nothing for the order of the books;
// write: (const Item&) -> json::object.
template <class Item, class Keep, class Write>
Reply list(const Question& question, const std::vector<Item>& items, Keep keep, Write write,
           bool (*is_before)(const Item&, const Item&) = nullptr) {
  const auto found = question.findings.template get<Item>(key_without_page(question), [&] {
    auto out = filter(items, keep);
    if (is_before)
      std::stable_sort(out.begin(), out.end(), [&](const Item* a, const Item* b) { return is_before(*a, *b); });
    if (is_descending(question.parameters)) std::reverse(out.begin(), out.end());
    return out;
  });
  return page_of(question.call, question.parameters, question.options, *found, write);
}

template <class Item, class Write>
Reply list(const Question& question, const std::vector<Item>& items, Write write) {
  return list(
      question, items, [](const Item&) { return true; }, write);
}

}  // namespace omie_simulator
