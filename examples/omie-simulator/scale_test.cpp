// A large company: the same for the same seed, and its lists, read page after page, are its books.
#include "asked.hpp"

#include "core/json/writer.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace omie_simulator;

namespace {

Options large() {
  Options out;
  out.today = "21/11/2026";
  out.customers = 10'000;
  out.titles = 100'000;
  return out;
}

Cents cents_of(const json::value& amount) { return std::llround(amount.to_number<double>() * 100); }

}  // namespace

TEST_CASE("scale: 100 000 titles, read to the last page, are there once each and add up to the books", "[omie]") {
  const Options options = large();
  const Company company = invent(options);
  REQUIRE(company.customers.size() == 10'000);
  Findings findings;
  const CallType& call = *find_call("/financas/mf/", "ListarMovimentos");
  std::set<std::int64_t> seen;
  Cents sum = 0, expected = 0;
  for (std::int64_t page = 1, pages = 1; page <= pages; ++page) {
    const json::object parameters{{"nPagina", page}, {"nRegPorPagina", 500}};
    const auto reply = record(answer({call, parameters, company, options, findings}));
    pages = reply.at("nTotPaginas").to_number<std::int64_t>();
    for (const auto& movement : reply.at("movimentos").as_array()) {
      seen.insert(movement.at("detalhes").at("nCodTitulo").to_number<std::int64_t>());
      sum += cents_of(movement.at("detalhes").at("nValorTitulo"));
    }
  }
  for (const auto& title : company.titles) expected += title.amount;
  CHECK(seen.size() == 100'000);
  CHECK(sum == expected);
}

TEST_CASE("scale: the same seed invents the same company, another seed another", "[omie]") {
  Options options = large();
  const auto tell = [&] {
    const Company company = invent(options);
    const auto page = record(asked(company, "/financas/mf/", "ListarMovimentos", R"({"nPagina":777})", options));
    return tomada::json::text(page);
  };
  const auto first = tell();
  CHECK(tell() == first);
  options.seed = 2;
  CHECK(tell() != first);
}

TEST_CASE("scale: ordenar_por sorts, ordem_descrescente turns it round, DESCRICAO of products has no effect",
          "[omie]") {
  const Company company = invent(large());
  const auto first_due = [&](const char* parameters) {
    const auto page = record(asked(company, "/financas/contareceber/", "ListarContasReceber", parameters));
    return *read_day(page.at("conta_receber_cadastro").at(0).at("data_vencimento").as_string().c_str());
  };
  auto [lowest, highest] = std::pair{Day::max(), Day::min()};
  for (const auto& title : company.titles)
    if (!title.is_payable) lowest = std::min(lowest, title.due), highest = std::max(highest, title.due);
  CHECK(first_due(R"({"ordenar_por":"DATA_VENCIMENTO"})") == lowest);
  CHECK(first_due(R"({"ordenar_por":"DATA_VENCIMENTO","ordem_descrescente":"S"})") == highest);
  const auto code = [&](const char* parameters) {
    const auto page = record(asked(company, "/geral/produtos/", "ListarProdutos", parameters));
    return page.at("produto_servico_cadastro").at(0).at("codigo_produto");
  };
  CHECK(code(R"({"filtrar_apenas_omiepdv":"N","ordenar_por":"DESCRICAO"})") == company.products.front().id);
}
