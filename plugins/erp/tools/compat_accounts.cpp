// The company and its accounts in the predecessor's words. There is one company behind an account of an ERP.
#include "folding.hpp"
#include "tools/compat.hpp"
#include "tools/envelope.hpp"

#include <utility>

namespace tomada::erp::tools::compat {
namespace {

json::object row_of(const Company& company) { return {{"razao_social", company.name}, {"cnpj", company.tax_id}}; }

json::object row_of(const Account& account) {
  return {{"codigo", account.id},
          {"descricao", account.name},
          {"tipo", account.kind},
          {"codigo_banco", account.bank},
          {"saldo_atual", account.balance.text()}};
}

}  // namespace

Answer lista_empresas(Source& source, const json::object& arguments, const Request& request) {
  return answer(source, arguments, request, [&]() -> Reading {
    const auto connection = source.connect(request);
    json::object facts{{"total_de_registros", 1}};
    facts["empresas"] = json::array{row_of(connection.company)};
    return {std::move(facts), connection};
  });
}

Answer info_empresa(Source& source, const json::object& arguments, const Request& request) {
  return answer(source, arguments, request, [&]() -> Reading {
    const auto connection = source.connect(request);
    auto facts = row_of(connection.company);
    facts["fonte"] = std::string{source.name()};
    return {std::move(facts), connection};
  });
}

Answer listar_contas_correntes(Source& source, const json::object& arguments, const Request& request) {
  const Arguments read{arguments};
  const auto slice = slice_of(read, 50);
  const auto words = read.text("filtro_descricao");
  return answer(source, arguments, request, [&]() -> Reading {
    const auto position = source.cash_position(request);
    json::array rows;
    std::int64_t total = 0;
    for (const auto& account : position.accounts) {
      if (!has_words(account.name, words)) continue;
      const auto place = total++;
      if (place >= slice.offset && place < slice.offset + slice.limit) rows.push_back(row_of(account));
    }
    return {page_facts(slice, total, "contas", std::move(rows)), position};
  });
}

Answer listar_resumo_contas_correntes(Source& source, const json::object& arguments, const Request& request) {
  return answer(source, arguments, request, [&]() -> Reading {
    const auto position = source.cash_position(request);
    json::array rows;
    for (const auto& account : position.accounts) rows.push_back(row_of(account));
    json::object facts{{"total_contas", position.accounts.size()}};
    facts["contas_resumo"] = std::move(rows);
    facts["saldo_total"] = sdk::sum(position.accounts, [](const Account& each) { return each.balance; }).text();
    return {std::move(facts), position};
  });
}

}  // namespace tomada::erp::tools::compat
