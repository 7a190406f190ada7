#include "company.hpp"

#include "random.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace omie_simulator {
namespace {

using std::chrono::days;

constexpr Id first_customer = 5951279001, first_product = 3293025001, first_account = 3036783065;
constexpr Id first_title = 3037854001, first_order = 3037132001;

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
constexpr std::string_view materials[] = {
    "FILME DE POLIETILENO", "CAIXA DE PAPELÃO", "FITA ADESIVA", "PALETE DE PINUS",
    "SACO KRAFT",           "CANTONEIRA",       "ESPUMA",       "ETIQUETA TÉRMICA"};
constexpr std::string_view units[] = {"KG", "UN", "RL", "CX"};

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

std::string padded(std::int64_t number, std::size_t width) {
  std::string out = std::to_string(number);
  return out.size() < width ? std::string(width - out.size(), '0') + out : out;
}

// A working hour of that day; of today the first minute, so that whatever is changed from now on comes after it.
Moment hour_of(Day day, Id id, Day today) {
  if (day >= today) return Moment{today} + std::chrono::minutes{1};
  return Moment{day} + std::chrono::hours{8 + id % 10} + std::chrono::seconds{id % 3'600};
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

Product invent_product(Random& random, std::size_t index, Day today) {
  Product out;
  out.id = first_product + static_cast<Id>(index);
  out.code = "PRD" + padded(static_cast<std::int64_t>(index) + 1, 5);
  out.description = std::string{random.one_of(materials)} + " " + padded(random.between(1, 99), 2) + " MM";
  out.unit = random.one_of(units);
  out.ncm = "39" + padded(random.between(10, 26), 2) + ".90.00";
  out.price = random.between(210, 90'000);
  out.cost = out.price * random.between(40, 75) / 100;
  out.on_hand = random.between(0, 400);
  out.reserved = std::min<std::int64_t>(out.on_hand, random.between(0, 30));
  out.pending = random.between(0, 20);
  out.minimum = random.happens(60) ? random.between(5, 80) : 0;
  out.is_inactive = random.happens(5);
  const Day created = today - days{random.between(200, 900)};
  out.created = hour_of(created, out.id, today);
  out.changed = hour_of(created + days{random.between(0, 180)}, out.id, today);
  return out;
}

Order invent_order(Random& random, std::size_t index, const Company& company) {
  Order out;
  out.id = first_order + static_cast<Id>(index);
  out.number = std::to_string(index + 1);
  out.customer = random.one_of(company.customers).id;
  const Day created = company.today - days{random.between(0, 365)};
  out.created = hour_of(created, out.id, company.today);
  out.expected = created + days{random.between(3, 30)};
  static constexpr std::string_view steps[] = {"00", "10", "20", "50", "60", "60", "60", "60", "70"};
  out.step = random.one_of(steps);
  out.is_cancelled = random.happens(5);
  if (out.step >= "60") {
    out.invoiced_on = std::min(created + days{random.between(0, 5)}, company.today);
    out.invoice = padded(static_cast<std::int64_t>(index) + 84, 8);
  }
  out.changed = hour_of(out.invoiced_on.value_or(created), out.id, company.today);
  for (std::int64_t left = random.between(1, 4); left > 0; --left) {
    const auto product =
        static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(company.products.size()) - 1));
    out.items.push_back({product, random.between(1, 60), company.products[product].price});
  }
  return out;
}

void settle(Random& random, Title& title, Day today) {
  const bool is_past = title.due < today;
  title.is_cancelled = random.happens(3);
  if (title.is_cancelled || !random.happens(is_past ? 88 : 10)) return;
  const bool is_partial = random.happens(8);
  title.paid = is_partial ? title.amount / 2 : title.amount;
  title.paid_on = std::min(title.due + days{random.between(-3, 12)}, today);
  title.changed = std::max(title.created, hour_of(*title.paid_on, title.id, today));
}

Title invent_title(Random& random, std::size_t index, const Company& company) {
  Title out;
  out.id = first_title + static_cast<Id>(index);
  out.is_payable = random.happens(40);
  out.customer = random.one_of(company.customers).id;
  out.account = random.one_of(company.accounts).id;
  static constexpr std::string_view income[] = {"1.01.01", "1.01.02", "1.01.03"};
  static constexpr std::string_view expense[] = {"2.01.01", "2.01.04", "2.02.01", "2.02.02", "2.03.01"};
  out.category = out.is_payable ? random.one_of(expense) : random.one_of(income);
  const std::int64_t of = random.between(1, 3);
  out.installment = padded(random.between(1, of), 3) + "/" + padded(of, 3);
  out.document = (out.is_payable ? "NF " : "RPS ") + std::to_string(random.between(100'000, 999'999));
  out.kind = random.happens(60) ? "BOL" : "PIX";
  out.due = company.today + days{random.between(-365, 90)};
  out.issued = std::min(out.due - days{random.between(5, 60)}, company.today);
  out.expected = out.due;
  out.created = out.changed = hour_of(out.issued, out.id, company.today);
  out.amount = random.between(1'500, 2'500'000);
  settle(random, out, company.today);
  return out;
}

}  // namespace

const Customer* Company::find_customer(Id id) const {  // one code after the other, and nobody leaves
  if (id < first_customer || id > customers.back().id) return nullptr;
  return &customers[static_cast<std::size_t>(id - first_customer)];
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
  out.accounts = {{first_account, "CAIXA-01", "Caixinha", "CX", "999", 12'550, 50'000, false},
                  {first_account + 1, "BANCO-01", "Banco do Brasil", "CC", "001", 150'000'00, 0, false},
                  {first_account + 2, "BANCO-02", "Itaú Aplicação", "CA", "341", 80'000'00, 0, false},
                  {first_account + 3, "BANCO-03", "Conta encerrada", "CC", "237", 0, 0, true}};
  for (std::size_t i = 0; i < options.customers; ++i) out.customers.push_back(invent_customer(random, i, out.today));
  for (std::size_t i = 0; i < options.products; ++i) out.products.push_back(invent_product(random, i, out.today));
  for (std::size_t i = 0; i < options.orders; ++i) out.orders.push_back(invent_order(random, i, out));
  for (std::size_t i = 0; i < options.titles; ++i) out.titles.push_back(invent_title(random, i, out));
  return out;
}

}  // namespace omie_simulator
