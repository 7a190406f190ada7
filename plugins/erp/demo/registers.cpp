#include "books.hpp"
#include "random.hpp"

#include <array>

namespace tomada::erp::demo {
namespace {

constexpr std::array categories{
    CategoryRow{"1", "Receitas", "revenue", true},
    CategoryRow{"1.01", "Receitas de vendas", "revenue", true},
    CategoryRow{"1.01.01", "Venda de mercadorias", "revenue"},
    CategoryRow{"1.01.02", "Venda ao consumidor final", "revenue"},
    CategoryRow{"1.01.03", "Personalização de embalagens", "revenue"},
    CategoryRow{"1.01.90", "Venda de sucata", "revenue", false, false},
    CategoryRow{"1.02", "Receitas financeiras", "revenue", true},
    CategoryRow{"1.02.01", "Rendimento de aplicações", "revenue"},
    CategoryRow{"1.02.02", "Juros e multas recebidos", "revenue"},
    CategoryRow{"1.02.03", "Descontos obtidos", "revenue"},
    CategoryRow{"2", "Despesas", "expense", true},
    CategoryRow{"2.01", "Custo das mercadorias", "expense", true},
    CategoryRow{"2.01.01", "Compra de mercadorias para revenda", "expense"},
    CategoryRow{"2.01.02", "Compra de embalagens para personalização", "expense"},
    CategoryRow{"2.01.03", "Fretes sobre compras", "expense"},
    CategoryRow{"2.02", "Despesas com pessoal", "expense", true},
    CategoryRow{"2.02.01", "Salários", "expense"},
    CategoryRow{"2.02.02", "Adiantamento de salários", "expense"},
    CategoryRow{"2.02.03", "Décimo terceiro salário", "expense"},
    CategoryRow{"2.02.04", "INSS", "expense"},
    CategoryRow{"2.02.05", "FGTS", "expense"},
    CategoryRow{"2.02.06", "Vale-transporte e refeição", "expense"},
    CategoryRow{"2.02.07", "Pró-labore", "expense"},
    CategoryRow{"2.03", "Ocupação", "expense", true},
    CategoryRow{"2.03.01", "Aluguel", "expense"},
    CategoryRow{"2.03.02", "Condomínio", "expense"},
    CategoryRow{"2.03.03", "Energia elétrica", "expense"},
    CategoryRow{"2.03.04", "Água e esgoto", "expense"},
    CategoryRow{"2.03.05", "Segurança e vigilância", "expense"},
    CategoryRow{"2.04", "Despesas administrativas", "expense", true},
    CategoryRow{"2.04.01", "Honorários contábeis", "expense"},
    CategoryRow{"2.04.02", "Telefone e internet", "expense"},
    CategoryRow{"2.04.03", "Sistemas e licenças", "expense"},
    CategoryRow{"2.04.04", "Material de escritório", "expense"},
    CategoryRow{"2.04.05", "Seguros", "expense"},
    CategoryRow{"2.04.06", "Limpeza e conservação", "expense"},
    CategoryRow{"2.04.90", "Despesas do escritório antigo", "expense", false, false},
    CategoryRow{"2.05", "Impostos e taxas", "expense", true},
    CategoryRow{"2.05.01", "ICMS", "expense"},
    CategoryRow{"2.05.02", "PIS", "expense"},
    CategoryRow{"2.05.03", "COFINS", "expense"},
    CategoryRow{"2.05.04", "IRPJ", "expense"},
    CategoryRow{"2.05.05", "CSLL", "expense"},
    CategoryRow{"2.06", "Despesas comerciais", "expense", true},
    CategoryRow{"2.06.01", "Fretes sobre vendas", "expense"},
    CategoryRow{"2.06.02", "Publicidade e propaganda", "expense"},
    CategoryRow{"2.06.03", "Combustível e manutenção de veículos", "expense"},
    CategoryRow{"2.07", "Despesas financeiras", "expense", true},
    CategoryRow{"2.07.01", "Tarifas bancárias", "expense"},
    CategoryRow{"3", "Transferências", "transfer", true},
    CategoryRow{"3.01", "Transferência entre contas", "transfer"},
};

constexpr std::array departments{
    DepartmentRow{"5476990001", "001", "Comercial"},
    DepartmentRow{"5476990002", "001.001", "Vendas internas"},
    DepartmentRow{"5476990003", "001.002", "Vendas externas"},
    DepartmentRow{"5476990004", "002", "Operações"},
    DepartmentRow{"5476990005", "002.001", "Compras e estoque"},
    DepartmentRow{"5476990006", "002.002", "Expedição"},
    DepartmentRow{"5476990007", "003", "Administrativo"},
    DepartmentRow{"5476990008", "003.001", "Financeiro"},
    DepartmentRow{"5476990009", "004", "Loja do centro", false},
};

constexpr std::array accounts{
    AccountRow{3036783001, "Itaú conta movimento", "checking", "341", 8'473'215},
    AccountRow{3036783002, "Banco do Brasil conta corrente", "checking", "001", 3'128'040},
    AccountRow{3036783003, "Caixinha da loja", "cash", "", 85'050},
    AccountRow{3036783004, "Aplicação CDB liquidez diária", "investment", "341", 12'000'000},
};

struct Good {
  std::string_view description, unit;
  std::int64_t price;
};
constexpr std::array goods{
    Good{"Caixa de papelão 20x15x10 cm, pacote com 25", "PCT", 3890},
    Good{"Caixa de papelão 30x20x15 cm, pacote com 25", "PCT", 5790},
    Good{"Caixa de papelão 40x30x30 cm, pacote com 20", "PCT", 8450},
    Good{"Caixa de papelão 60x40x40 cm, pacote com 10", "PCT", 7980},
    Good{"Caixa para pizza 35 cm, pacote com 50", "PCT", 6990},
    Good{"Caixa para pizza 25 cm, pacote com 50", "PCT", 4790},
    Good{"Caixa para bolo 28x28 cm, pacote com 25", "PCT", 5490},
    Good{"Caixa para doces 6 cavidades, pacote com 50", "PCT", 4390},
    Good{"Caixa para salgados 100 unidades, pacote com 50", "PCT", 6290},
    Good{"Caixa para hambúrguer kraft, pacote com 100", "PCT", 5890},
    Good{"Caixa box yakisoba 500 ml, pacote com 50", "PCT", 4190},
    Good{"Embalagem para sushi com tampa, pacote com 50", "PCT", 5690},
    Good{"Marmita de alumínio nº 8, caixa com 100", "CX", 5490},
    Good{"Marmita de alumínio nº 9, caixa com 100", "CX", 6390},
    Good{"Marmita de isopor 750 ml, fardo com 100", "FD", 4590},
    Good{"Marmita biodegradável 750 ml, fardo com 100", "FD", 8990},
    Good{"Pote redondo com tampa 250 ml, caixa com 500", "CX", 16990},
    Good{"Pote redondo com tampa 500 ml, caixa com 250", "CX", 13990},
    Good{"Pote quadrado freezer 1 L, pacote com 24", "PCT", 3790},
    Good{"Pote para molho 50 ml, caixa com 1000", "CX", 9890},
    Good{"Copo descartável 50 ml, caixa com 5000", "CX", 8990},
    Good{"Copo descartável 180 ml, caixa com 2500", "CX", 10990},
    Good{"Copo descartável 300 ml, caixa com 2000", "CX", 15990},
    Good{"Copo de papel para café 120 ml, caixa com 1000", "CX", 18990},
    Good{"Copo de papel para café 240 ml, caixa com 1000", "CX", 27990},
    Good{"Tampa para copo de café, caixa com 1000", "CX", 13990},
    Good{"Canudo de papel biodegradável, caixa com 2000", "CX", 11990},
    Good{"Prato descartável 15 cm, caixa com 500", "CX", 5990},
    Good{"Prato descartável 21 cm, caixa com 500", "CX", 9490},
    Good{"Prato de bagaço de cana 18 cm, pacote com 50", "PCT", 4290},
    Good{"Garfo descartável reforçado, caixa com 1000", "CX", 8490},
    Good{"Faca descartável reforçada, caixa com 1000", "CX", 8490},
    Good{"Colher de sobremesa descartável, caixa com 1000", "CX", 6490},
    Good{"Kit talher embalado com guardanapo, caixa com 500", "CX", 11490},
    Good{"Talher de madeira sortido, caixa com 500", "CX", 9990},
    Good{"Guardanapo 20x23 cm folha simples, fardo com 4000", "FD", 4990},
    Good{"Guardanapo 32x32 cm folha dupla, fardo com 2000", "FD", 8790},
    Good{"Papel-toalha interfolhado, fardo com 1000", "FD", 1990},
    Good{"Papel higiênico rolão 300 m, fardo com 8", "FD", 5990},
    Good{"Papel acoplado para lanches 30x38 cm, pacote com 500", "PCT", 3490},
    Good{"Papel-manteiga 40 cm x 50 m", "UN", 2890},
    Good{"Papel kraft 60 cm x 150 m", "UN", 11890},
    Good{"Saco de papel kraft 1 kg, pacote com 500", "PCT", 4290},
    Good{"Saco de papel kraft 3 kg, pacote com 500", "PCT", 6890},
    Good{"Saco de papel kraft 5 kg, pacote com 500", "PCT", 9190},
    Good{"Sacola de papel com alça 22x30 cm, pacote com 100", "PCT", 12990},
    Good{"Sacola de papel com alça 32x40 cm, pacote com 100", "PCT", 17990},
    Good{"Sacola plástica 30x40 cm, milheiro", "MIL", 6990},
    Good{"Sacola plástica 40x50 cm, milheiro", "MIL", 11490},
    Good{"Sacola biodegradável 38x48 cm, milheiro", "MIL", 14990},
    Good{"Saco plástico transparente 20x30 cm, quilo", "KG", 2590},
    Good{"Saco plástico transparente 30x40 cm, quilo", "KG", 2590},
    Good{"Saco a vácuo 20x30 cm, pacote com 100", "PCT", 5290},
    Good{"Saco para pão 1 kg impresso, milheiro", "MIL", 9990},
    Good{"Saco para lixo 60 L, pacote com 100", "PCT", 3490},
    Good{"Saco para lixo 100 L reforçado, pacote com 100", "PCT", 6190},
    Good{"Saco para lixo 200 L reforçado, pacote com 100", "PCT", 10990},
    Good{"Filme de PVC 28 cm x 300 m", "UN", 3190},
    Good{"Filme de PVC 38 cm x 1000 m", "UN", 9890},
    Good{"Filme stretch 50 cm, bobina de 4 kg", "UN", 6890},
    Good{"Papel-alumínio 45 cm x 7,5 m, caixa com 25", "CX", 16990},
    Good{"Bobina picotada 20x30 cm, com 700 sacos", "UN", 2490},
    Good{"Bobina térmica 80x40 m, caixa com 30", "CX", 11990},
    Good{"Fita adesiva transparente 48x100 m, pacote com 5", "PCT", 3990},
    Good{"Fita adesiva marrom 48x100 m, pacote com 5", "PCT", 4190},
    Good{"Etiqueta de validade, rolo com 1000", "UN", 2190},
    Good{"Lacre adesivo de segurança, rolo com 500", "UN", 3890},
    Good{"Barbante de algodão, rolo de 1 kg", "UN", 3290},
    Good{"Luva de vinil sem pó, caixa com 100", "CX", 2790},
    Good{"Luva nitrílica, caixa com 100", "CX", 3890},
    Good{"Touca descartável, pacote com 100", "PCT", 1490},
    Good{"Máscara descartável tripla, caixa com 50", "CX", 1290},
    Good{"Avental descartável, pacote com 100", "PCT", 3990},
    Good{"Detergente neutro 5 L", "UN", 1890},
    Good{"Álcool 70% 5 L", "UN", 4290},
    Good{"Água sanitária 5 L", "UN", 1590},
    Good{"Desengordurante industrial 5 L", "UN", 4990},
    Good{"Esponja dupla face, pacote com 10", "PCT", 1190},
    Good{"Pano multiuso, rolo com 600", "UN", 12990},
    Good{"Suporte para copos de papelão, pacote com 100", "PCT", 5990},
    Good{"Bandeja de isopor B1, pacote com 400", "PCT", 6790},
    Good{"Bandeja laminada para bolo 30 cm, pacote com 50", "PCT", 4690},
    Good{"Forminha para doces nº 5, pacote com 1000", "PCT", 1690},
    Good{"Copo de vidro retrô 300 ml, caixa com 24", "CX", 14990},
};

}  // namespace

void write_registers(Books& books) {
  books.categories.assign(categories.begin(), categories.end());
  books.departments.assign(departments.begin(), departments.end());
  books.accounts.assign(accounts.begin(), accounts.end());
  for (const auto& good : goods) {
    const auto at = static_cast<std::int64_t>(books.products.size()) + 1;
    Random random{"product", at};
    ProductRow row;
    row.id = 3'293'025'000 + at;
    row.code = "PRD" + std::to_string(100'000 + at).substr(1);
    row.description = good.description;
    row.unit = good.unit;
    row.price = good.price;
    row.minimum = random.between(2, 12) * 10;
    row.on_hand = row.minimum * (random.chance(14) ? random.between(10, 90) : random.between(150, 600)) / 100;
    row.is_active = good.description != goods.back().description;  // one that is no longer sold
    books.products.push_back(std::move(row));
  }
}

}  // namespace tomada::erp::demo
