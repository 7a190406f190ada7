#include "company.hpp"

#include "inventing.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace omie_simulator {
namespace {

using std::chrono::days;

constexpr Id first_customer = 5951279001, first_account = 3036783065;

constexpr std::string_view first_names[] = {
    "AURORA", "IPÊ",        "SERRA AZUL", "BOA VISTA", "HORIZONTE", "CAMPO VERDE", "ALVORADA", "JATOBÁ",
    "MARÉ",   "PONTE NOVA", "ESTRELA",    "SÃO JORGE", "GUARANI",   "LITORAL",     "PAINEIRA", "RIO CLARO"};
constexpr std::string_view trades[] = {"COMERCIO",   "INDUSTRIA", "ALIMENTOS", "TRANSPORTES",
                                       "EMBALAGENS", "SERVIÇOS",  "TÊXTIL",    "MÓVEIS"};
constexpr std::string_view people[] = {"ANA LIMA",     "BRUNO ROCHA", "CARLA DIAS",
                                       "DIEGO ARAÚJO", "ELISA NUNES", "FÁBIO CONCEIÇÃO"};
struct Place {
  std::string_view city, state;
};
constexpr Place places[] = {{"SAO PAULO (SP)", "SP"}, {"SOROCABA (SP)", "SP"},       {"CURITIBA (PR)", "PR"},
                            {"RECIFE (PE)", "PE"},    {"BELO HORIZONTE (MG)", "MG"}, {"PORTO ALEGRE (RS)", "RS"},
                            {"SALVADOR (BA)", "BA"}};
int check_digit(std::string_view digits, int heaviest) {
  int sum = 0, weight = 2;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    sum += (*digit - '0') * weight;
    weight = weight == heaviest ? 2 : weight + 1;
  }
  const int rest = sum % 11;
  return rest < 2 ? 0 : 11 - rest;
}

std::string with_check_digits(std::string digits, int heaviest) {
  digits += static_cast<char>('0' + check_digit(digits, heaviest));
  digits += static_cast<char>('0' + check_digit(digits, heaviest));
  return digits;
}

std::string cnpj(Random& random) {
  const std::string d = with_check_digits(std::to_string(random.between(10'000'000, 99'999'999)) + "0001", 9);
  return d.substr(0, 2) + "." + d.substr(2, 3) + "." + d.substr(5, 3) + "/" + d.substr(8, 4) + "-" + d.substr(12);
}

std::string cpf(Random& random) {
  const std::string d = with_check_digits(std::to_string(random.between(100'000'000, 999'999'999)), 11);
  return d.substr(0, 3) + "." + d.substr(3, 3) + "." + d.substr(6, 3) + "-" + d.substr(9);
}

Customer invent_customer(Random& random, std::size_t index, Day today) {
  Customer out;
  out.id = first_customer + static_cast<Id>(index);
  out.is_person = random.happens(15);
  const auto& first = random.one_of(first_names);
  const auto& trade = random.one_of(trades);
  const auto& person = random.one_of(people);
  const std::string number = std::to_string(index + 1);
  out.name = out.is_person ? std::string{person} + " " + number
                           : std::string{first} + " " + std::string{trade} + " " + number + " LTDA";
  out.trade_name = out.is_person ? out.name : std::string{first} + " " + number;
  out.tax_id = out.is_person ? cpf(random) : cnpj(random);
  const Place& place = random.one_of(places);
  out.city = place.city, out.state = place.state;
  out.email = "contato" + number + "@exemplo.com.br";
  out.phone = "3" + padded(random.between(0, 999), 3) + "-" + padded(random.between(0, 9999), 4);
  out.is_supplier = random.happens(35);
  out.is_customer = !out.is_supplier || random.happens(30);
  out.is_inactive = random.happens(6);
  const Day created = today - days{random.between(100, 900)};
  out.created = hour_of(created, out.id, today);
  out.changed = hour_of(created + days{random.between(0, 99)}, out.id, today);
  return out;
}

std::vector<Category> chart_of_accounts() {
  return {{"1.01", "", "Receitas Diretas", false, false, true},
          {"1.01.01", "1.01", "Clientes - Serviços Prestados", false, false, false},
          {"1.01.02", "1.01", "Vendas de Mercadorias", false, false, false},
          {"1.01.03", "1.01", "Vendas de Produtos Fabricados", false, false, false},
          {"1.02", "", "Receitas Indiretas", false, false, true},
          {"1.02.01", "1.02", "Rendimentos de Aplicações", false, false, false},
          {"1.02.02", "1.02", "Outras Entradas", false, true, false},
          {"2.01", "", "Custos das Vendas", true, false, true},
          {"2.01.01", "2.01", "Compra de Mercadorias para Revenda", true, false, false},
          {"2.01.04", "2.01", "Compra de Serviços", true, false, false},
          {"2.02", "", "Despesas Administrativas", true, false, true},
          {"2.02.01", "2.02", "Aluguel", true, false, false},
          {"2.02.02", "2.02", "Energia Elétrica", true, false, false},
          {"2.02.03", "2.02", "Telefonia e Internet", true, false, false},
          {"2.02.09", "2.02", "Material de Escritório", true, true, false},
          {"2.03", "", "Despesas com Pessoal", true, false, true},
          {"2.03.01", "2.03", "Salários", true, false, false},
          {"2.03.02", "2.03", "Benefícios", true, false, false}};
}

}  // namespace

const Customer* Company::find_customer(Id id) const {  // one code after the other, and nobody leaves
  if (id < first_customer || id > customers.back().id) return nullptr;
  return &customers[static_cast<std::size_t>(id - first_customer)];
}

const Title* Company::find_title(Id id) const {
  const auto found = std::lower_bound(titles.begin(), titles.end(), id,
                                      [](const Title& title, Id wanted) { return title.id < wanted; });
  return found == titles.end() || found->id != id ? nullptr : &*found;
}

Cents Company::balance(const Account& account, Day at) const {
  Cents sum = account.opening;
  for (const auto& title : titles)
    if (title.account == account.id && title.paid_on && *title.paid_on <= at)
      sum += title.is_payable ? -title.paid : title.paid;
  return sum;
}

Company invent(const Options& options) {
  Random random{options.seed};
  Company out;
  out.today = read_day(options.today).value_or(machine_day());
  out.name = "EMPRESA SIMULADA COMERCIO DE EMBALAGENS LTDA";
  out.trade_name = "Empresa Simulada";
  out.tax_id = cnpj(random);
  out.categories = chart_of_accounts();
  out.departments = {{"5476993661", "Administrativo", "001"},
                     {"5476993662", "Comercial", "002"},
                     {"5476993663", "Vendas Internas", "002.001"},
                     {"5476993664", "Produção", "003"}};
  out.projects = {{5951300001, "PROJ-1", "Obra Norte", false, {}, {}},
                  {5951300002, "PROJ-2", "Expansão da Fábrica", false, {}, {}},
                  {5951300003, "PROJ-3", "Reforma de 2024", true, {}, {}}};
  out.salespeople = {{4290841436, "Ana", "ana@exemplo.com.br", false, {}, {}},
                     {4290841437, "Bruno", "bruno@exemplo.com.br", false, {}, {}},
                     {4290841438, "Célia", "", true, {}, {}}};
  const Moment founded = hour_of(out.today - std::chrono::days{900}, 1, out.today);
  for (auto& project : out.projects) project.created = project.changed = founded;
  for (auto& salesperson : out.salespeople) salesperson.created = salesperson.changed = founded;
  out.accounts = {{first_account, "CAIXA-01", "Caixinha", "CX", "999", 12'550, 50'000, false},
                  {first_account + 1, "BANCO-01", "Banco do Brasil", "CC", "001", 150'000'00, 0, false},
                  {first_account + 2, "BANCO-02", "Itaú Aplicação", "CA", "341", 80'000'00, 0, false},
                  {first_account + 3, "BANCO-03", "Conta encerrada", "CC", "237", 0, 0, true}};
  for (std::size_t i = 0; i < options.customers; ++i) out.customers.push_back(invent_customer(random, i, out.today));
  invent_trade(random, options, out);
  invent_titles(random, options, out);
  return out;
}

}  // namespace omie_simulator
