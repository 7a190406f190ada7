#include "books.hpp"
#include "names.hpp"
#include "random.hpp"
#include "tax_id.hpp"

#include <array>

namespace tomada::erp::demo {
namespace {

constexpr int shops = 212, people = 48, vendors = 70;

struct Known {  // partners every month needs
  std::string_view legal, trade, city, state;
  Trade kind;
};
constexpr std::array known{
    Known{"Imobiliária Barão Geraldo Ltda", "Imobiliária Barão", "Campinas", "SP", Trade::service},
    Known{"Condomínio Empresarial Anhanguera", "Condomínio Anhanguera", "Campinas", "SP", Trade::service},
    Known{"Companhia Energética do Interior S.A.", "Energética do Interior", "Campinas", "SP", Trade::service},
    Known{"Saneamento Básico do Atibaia S.A.", "Águas do Atibaia", "Campinas", "SP", Trade::service},
    Known{"Sentinela Segurança Patrimonial Ltda", "Sentinela", "Campinas", "SP", Trade::service},
    Known{"Contábil Praça Rui Barbosa S/S", "Contábil Rui Barbosa", "Campinas", "SP", Trade::service},
    Known{"Fibra Nova Telecomunicações Ltda", "Fibra Nova", "Jundiaí", "SP", Trade::service},
    Known{"Nuvem Clara Sistemas Ltda", "Nuvem Clara", "São Paulo", "SP", Trade::service},
    Known{"Papelaria Central de Campinas Ltda", "Papelaria Central", "Campinas", "SP", Trade::service},
    Known{"Seguradora Porto das Águas S.A.", "Porto das Águas Seguros", "São Paulo", "SP", Trade::service},
    Known{"Brilho Serviços de Limpeza Ltda", "Brilho Limpeza", "Valinhos", "SP", Trade::service},
    Known{"Agência Mirante Publicidade Ltda", "Mirante", "Campinas", "SP", Trade::service},
    Known{"Auto Posto Trevo da Rodovia Ltda", "Posto Trevo", "Campinas", "SP", Trade::service},
    Known{"Benefícios Refeição e Transporte S.A.", "Cartão Refeição", "São Paulo", "SP", Trade::service},
    Known{"Secretaria da Fazenda do Estado de São Paulo", "SEFAZ SP", "São Paulo", "SP", Trade::authority},
    Known{"Receita Federal do Brasil", "Receita Federal", "Brasília", "DF", Trade::authority},
    Known{"Caixa Econômica Federal – FGTS", "FGTS", "Brasília", "DF", Trade::authority},
    Known{"Rápido Mogiana Transportes Ltda", "Rápido Mogiana", "Campinas", "SP", Trade::carrier},
    Known{"Transportadora Serra do Japi Ltda", "Serra do Japi", "Jundiaí", "SP", Trade::carrier},
    Known{"Expresso Sul de Minas Ltda", "Sul de Minas", "Poços de Caldas", "MG", Trade::carrier},
};
constexpr int employees = 13;

std::string digits(Random& random, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += static_cast<char>('0' + random.below(10));
  return out;
}

class Register {
 public:
  explicit Register(Books& books) : books_{books} {}

  PartnerRow& company(CompanyName name, Trade trade) {
    auto& row = add(trade);
    row.name = std::move(name.legal);
    row.trade_name = std::move(name.trade);
    row.tax_id = cnpj(root() + digits(random_, 3));
    row.phone = phone("3");
    row.email = "financeiro@" + mail_domain(row.trade_name) + ".example";
    return row;
  }
  PartnerRow& person(Trade trade) {
    auto& row = add(trade);
    row.name = person_name(people_++);
    row.tax_id = cpf(root() + digits(random_, 4));
    row.phone = phone("9");
    row.email = mail_domain(row.name) + ".example";
    return row;
  }

 private:
  PartnerRow& add(Trade trade) {
    const auto number = static_cast<std::int64_t>(books_.partners.size()) + 1;
    random_ = Random{"partner", number};
    auto& row = books_.partners.emplace_back();
    row.id = 5'951'279'000 + number;
    row.trade = trade;
    row.is_customer = trade == Trade::buyer || trade == Trade::person;
    row.is_supplier = !row.is_customer;
    const auto& place = city(random_);
    row.city = place.name;
    row.state = place.state;
    area_code_ = place.area_code;
    row.is_active = !random_.chance(5);
    row.habit = random_.chance(70) ? Habit::prompt : random_.chance(72) ? Habit::slow : Habit::doubtful;
    row.terms = static_cast<int>(random_.below(100));
    return row;
  }
  // Begins with the row's own number, so that no two partners share a tax number.
  [[nodiscard]] std::string root() const { return std::to_string(13'000 + books_.partners.size() * 173); }
  [[nodiscard]] std::string phone(std::string_view first) {
    const auto rest = first == "9" ? digits(random_, 4) : digits(random_, 3);
    return '(' + area_code_ + ") " + std::string{first} + rest + '-' + digits(random_, 4);
  }

  Books& books_;
  Random random_{"partner", 0};
  std::string area_code_;
  std::int64_t people_ = 0;
};

}  // namespace

void write_partners(Books& books) {
  Register partners{books};
  for (const auto& each : known) {
    auto& row = partners.company({std::string{each.legal}, std::string{each.trade}}, each.kind);
    row.city = each.city;
    row.state = each.state;
    row.is_active = true;
    row.phone.replace(1, 2, area_code(each.city));
    if (each.kind == Trade::authority) row.email = row.phone = "";
  }
  for (int i = 0; i < employees; ++i) partners.person(Trade::employee).is_active = true;
  for (int i = 0; i < vendors; ++i) {
    partners.company(vendor_name(i), Trade::goods).is_customer = i % 9 == 4;  // some also buy
  }
  for (int i = 0; i < shops; ++i) partners.company(shop_name(i), Trade::buyer);
  for (int i = 0; i < people; ++i) partners.person(Trade::person);
}

}  // namespace tomada::erp::demo
