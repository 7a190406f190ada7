// Every list call of Omie is there, refuses what its structure does not have, and answers a record or, as Omie does,
// that there is none.
#include "asked.hpp"
#include "day.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

using namespace omie_simulator;

namespace {

Options of_that_day() {
  Options out;
  out.today = "21/11/2026";
  return out;
}

const Company& books() {
  static const Company company = invent(of_that_day());
  return company;
}

json::object first_page(const CallType& call) {  // what is required besides
  json::object out;
  if (call.paging == Paging::snake) out["pagina"] = 1;
  if (call.paging == Paging::hungarian || call.paging == Paging::purchases) out["nPagina"] = 1;
  if (call.name == "ListarProdutos" || call.name == "ListarProdutosResumido") out["filtrar_apenas_omiepdv"] = "N";
  if (call.name == "PesquisarPedCompra") out["lExibirPedidosPendentes"] = "T";
  if (call.name.starts_with("ObterLista") && call.path == "/financas/resumo/") out["cTipo"] = "P";
  if (call.name == "ListarOrcamentos") out["nAno"] = 2026, out["nMes"] = 11;
  if (!out.empty() || call.tags.empty()) return out;
  const auto& [name, tag] = *call.tags.begin();  // Omie wants some parameter
  out[name] = tag.type == 'n' ? json::value(0) : json::value("");
  return out;
}

Reply ask(const CallType& call, const json::object& parameters) {
  if (auto fault = validate(call, parameters)) return *fault;
  Findings findings;
  return answer({call, parameters, books(), of_that_day(), findings});
}

std::string text_of_file(const std::string& path) {
  std::ifstream file{path};
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

}  // namespace

TEST_CASE("calls: each refuses an unknown tag by its name", "[omie]") {
  for (const auto& call : call_types()) {
    INFO(call.path << ' ' << call.name);
    auto parameters = first_page(call);
    parameters["nonsense"] = 1;
    const auto fault = validate(call, parameters);
    REQUIRE(fault);
    CHECK(fault->code == "SOAP-ENV:Client-5001");
    CHECK_THAT(fault->text, Catch::Contains("[NONSENSE]"));
  }
}

TEST_CASE("calls: what is no day and no time of day is refused, whatever its marks", "[omie]") {
  for (const char* wrong : {"/////////1", "1//11//206", "31/02/2026", "21/11/20266", "21-11-2026", "aa/bb/cccc"})
    CHECK_FALSE(read_day(wrong));
  CHECK(read_day("21/11/2026"));
  for (const char* wrong : {"24:00:00", "10:60:00", "10:00:60", "10:00", "aa:bb:cc"}) CHECK_FALSE(read_time(wrong));
  CHECK(read_time("23:59:59") == std::chrono::hours{24} - std::chrono::seconds{1});
}

TEST_CASE("calls: each list has its records under its key and its pages in its dialect, or says that there are none",
          "[omie]") {
  std::size_t with_records = 0, without = 0;
  for (const auto& call : call_types()) {
    if (call.name.starts_with("Incluir") || (call.list.empty() && !call.is_without_records)) continue;
    INFO(call.path << ' ' << call.name);
    if (!call.is_without_records) REQUIRE(has_function(call));
    const auto reply = ask(call, first_page(call));
    if (call.name == "ListarTags" || call.name == "ObterEstoqueProduto") continue;  // of one customer, one product
    if (call.is_without_records) {
      ++without;
      const auto* fault = std::get_if<Fault>(&reply);
      const bool has_nothing = fault ? fault->code == "SOAP-ENV:Client-5113" || fault->code == "SOAP-ENV:Client-103"
                                     : record(reply).begin()->value().as_array().empty() || !call.list.empty();
      CHECK(has_nothing);
      continue;
    }
    ++with_records;
    const auto page = record(reply);
    const auto& list = page.at(call.list).as_array();
    CHECK_FALSE(list.empty());
    const char* count = call.paging == Paging::snake       ? "total_de_registros"
                        : call.paging == Paging::hungarian ? "nTotRegistros"
                                                           : "nTotalRegistros";
    if (call.paging != Paging::none) CHECK(page.at(count).to_number<std::size_t>() >= list.size());
  }
  CHECK(with_records > 30);
  CHECK(without > 100);
}

TEST_CASE("calls: a page past the end is what Omie makes of it", "[omie]") {
  for (const auto& call : call_types()) {
    if (call.paging == Paging::none) continue;
    INFO(call.path << ' ' << call.name);
    auto parameters = first_page(call);
    parameters[call.paging == Paging::snake ? "pagina" : "nPagina"] = 9'999;
    const auto reply = ask(call, parameters);
    if (call.beyond == Beyond::fault_5113) CHECK(fault_code(reply) == "SOAP-ENV:Client-5113");
    if (call.beyond == Beyond::fault_101) CHECK(fault_code(reply) == "SOAP-ENV:Client-101");
    if (call.beyond == Beyond::empty_list || call.beyond == Beyond::nothing)
      CHECK(record(reply).at(call.list).as_array().empty());
    if (call.beyond == Beyond::first_page) CHECK_FALSE(record(reply).at(call.list).as_array().empty());
  }
}

TEST_CASE("calls: the table has all that the reference lists, in its dialect and with its array", "[omie]") {
  const char* shared = std::getenv("TOMADA_SHARED");
  const std::string folder = shared ? shared : TOMADA_SHARED_DIR;
  const auto text = text_of_file(folder + "/reference/erp/omie-list-calls.tsv");
  if (text.empty()) {
    WARN("the reference is not beside this source tree");
    return;
  }
  std::istringstream lines{text};
  std::string line;
  std::getline(lines, line);
  std::size_t count = 0;
  while (std::getline(lines, line)) {
    std::istringstream fields{line};
    std::string dialect, path, name, lists;
    std::getline(fields, dialect, '\t'), std::getline(fields, path, '\t'), std::getline(fields, name, '\t');
    std::getline(fields, lists);
    INFO(line);
    const auto* call = find_call(path, name);
    REQUIRE(call);
    const auto paging = dialect == "snake"   ? Paging::snake
                        : dialect == "hung"  ? Paging::hungarian
                        : dialect == "hungS" ? Paging::purchases
                                             : Paging::none;
    CHECK(call->paging == paging);
    if (paging != Paging::none && !lists.empty()) CHECK(lists.starts_with(call->list));
    ++count;
  }
  CHECK(count == 154);
}

TEST_CASE("calls: the README names every one of them", "[omie]") {
  const auto readme = text_of_file(std::string{TOMADA_SIMULATOR_FOLDER} + "/README.md");
  for (const auto& call : call_types()) {
    INFO(call.path << ' ' << call.name);
    CHECK(readme.find(call.name) != std::string::npos);
  }
}
