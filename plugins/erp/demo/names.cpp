#include "names.hpp"

#include "folding.hpp"

#include <array>

namespace tomada::erp::demo {
namespace {

struct Line {
  std::string_view legal, trade;
};
constexpr std::array<Line, 24> shop_lines{{
    {"Padaria e Confeitaria", "Padaria"},
    {"Restaurante", "Restaurante"},
    {"Supermercado", "Supermercado"},
    {"Pizzaria e Choperia", "Pizzaria"},
    {"Lanchonete", "Lanchonete"},
    {"Hotel e Pousada", "Hotel"},
    {"Comércio de Carnes", "Açougue"},
    {"Hortifrúti", "Hortifrúti"},
    {"Doceria e Cafeteria", "Doceria"},
    {"Buffet e Eventos", "Buffet"},
    {"Empório e Delicatessen", "Empório"},
    {"Sorveteria", "Sorveteria"},
    {"Churrascaria", "Churrascaria"},
    {"Comércio de Alimentos", "Mercearia"},
    {"Refeições Coletivas", "Refeições"},
    {"Cantina Italiana", "Cantina"},
    {"Colégio", "Colégio"},
    {"Clínica Médica", "Clínica"},
    {"Farmácia e Drogaria", "Farmácia"},
    {"Floricultura", "Floricultura"},
    {"Peixaria e Frutos do Mar", "Peixaria"},
    {"Hamburgueria Artesanal", "Hamburgueria"},
    {"Laticínios", "Laticínios"},
    {"Marmitaria", "Marmitaria"},
}};
constexpr std::array<std::string_view, 29> shop_names{
    "Boa Vista",
    "São Jorge",
    "Três Irmãos",
    "Santa Clara",
    "Bom Jesus",
    "Estrela do Sul",
    "Ipê Amarelo",
    "Flor de Lis",
    "Nova Aliança",
    "Dona Benta",
    "Sabor da Terra",
    "Primavera",
    "Monte Alegre",
    "Vila Rica",
    "Recanto Verde",
    "Bela Itália",
    "Ponto Certo",
    "Água Viva",
    "Serra Azul",
    "Jardim Europa",
    "Cantinho Feliz",
    "São Benedito",
    "Nossa Senhora da Conceição",
    "Pão de Ló",
    "Rio Claro",
    "Coração de Mãe",
    "Avenida",
    "Imperial",
    "Maravilha",
};
constexpr std::array<Line, 12> vendor_lines{{
    {"Indústria de Embalagens", "Embalagens"},
    {"Papéis e Celulose", "Papéis"},
    {"Plásticos Industriais", "Plásticos"},
    {"Descartáveis do Brasil", "Descartáveis"},
    {"Cartonagem e Impressos", "Cartonagem"},
    {"Produtos de Limpeza", "Limpeza"},
    {"Distribuidora de Filmes e Bobinas", "Filmes e Bobinas"},
    {"Comércio de Alumínio", "Alumínio"},
    {"Importadora e Exportadora", "Importadora"},
    {"Indústria Química", "Química"},
    {"Gráfica e Editora", "Gráfica"},
    {"Artefatos de Papel", "Artefatos"},
}};
constexpr std::array<std::string_view, 13> vendor_names{
    "Paranaense", "Mantiqueira", "Bandeirante", "Litoral",   "Planalto", "Guarani", "Atlântica",
    "Horizonte",  "Cruzeiro",    "Paulista",    "Araucária", "Itatiaia", "União",
};
constexpr std::array<std::string_view, 31> first_names{
    "Ana Paula", "João Pedro", "Maria Clara", "José Carlos", "Mariana", "Antônio",  "Fernanda", "Luís Felipe",
    "Juliana",   "Rafael",     "Patrícia",    "Marcelo",     "Camila",  "Ricardo",  "Beatriz",  "Thiago",
    "Letícia",   "Eduardo",    "Cláudia",     "Sérgio",      "Renata",  "Vinícius", "Tatiane",  "Márcio",
    "Simone",    "Leandro",    "Débora",      "Otávio",      "Aline",   "Caíque",   "Inês",
};
constexpr std::array<std::string_view, 37> surnames{
    "da Silva",   "dos Santos",  "Oliveira", "Souza",     "Pereira",   "Costa",   "Rodrigues", "Almeida",
    "Nascimento", "Lima",        "Araújo",   "Ferreira",  "Carvalho",  "Gomes",   "Martins",   "Rocha",
    "Ribeiro",    "Alves",       "Monteiro", "Mendes",    "Barros",    "Freitas", "Barbosa",   "Pinto",
    "Moura",      "Cavalcanti",  "Dias",     "Castro",    "Campos",    "Cardoso", "Gonçalves", "Correia",
    "Teixeira",   "Vasconcelos", "Assunção", "Guimarães", "Conceição",
};
constexpr std::array endings{" Ltda", " Ltda ME", " Ltda", " EIRELI", " S.A.", " Ltda EPP"};
constexpr std::array cities{
    City{"Campinas", "SP", "19", 22},       City{"São Paulo", "SP", "11", 12},
    City{"Jundiaí", "SP", "11", 8},         City{"Sorocaba", "SP", "15", 6},
    City{"Piracicaba", "SP", "19", 6},      City{"Americana", "SP", "19", 5},
    City{"Limeira", "SP", "19", 4},         City{"Ribeirão Preto", "SP", "16", 4},
    City{"Valinhos", "SP", "19", 4},        City{"São José dos Campos", "SP", "12", 3},
    City{"Poços de Caldas", "MG", "35", 3}, City{"Belo Horizonte", "MG", "31", 3},
    City{"Uberlândia", "MG", "34", 2},      City{"Rio de Janeiro", "RJ", "21", 3},
    City{"Niterói", "RJ", "21", 1},         City{"Curitiba", "PR", "41", 3},
    City{"Londrina", "PR", "43", 2},        City{"Joinville", "SC", "47", 2},
    City{"Florianópolis", "SC", "48", 1},   City{"Porto Alegre", "RS", "51", 2},
    City{"Vitória", "ES", "27", 1},         City{"Goiânia", "GO", "62", 1},
    City{"Brasília", "DF", "61", 1},        City{"Salvador", "BA", "71", 1},
};

// Visits every pair once before it repeats: `step` shares no divisor with first * second.
struct Pair {
  std::size_t first, second;
};
constexpr Pair pair(std::int64_t number, std::size_t first, std::size_t second, std::int64_t step) noexcept {
  const auto all = static_cast<std::int64_t>(first * second);
  const auto at = static_cast<std::size_t>(number * step % all);
  return {at % first, at / first};
}

CompanyName company(const Line& line, std::string_view name, std::int64_t number) {
  const std::string own{name};
  return {std::string{line.legal} + ' ' + own + endings[static_cast<std::size_t>(number) % endings.size()],
          std::string{line.trade} + ' ' + own};
}

}  // namespace

CompanyName shop_name(std::int64_t number) {
  const auto [line, name] = pair(number, shop_lines.size(), shop_names.size(), 253);
  return company(shop_lines[line], shop_names[name], number);
}

CompanyName vendor_name(std::int64_t number) {
  const auto [line, name] = pair(number, vendor_lines.size(), vendor_names.size(), 61);
  return company(vendor_lines[line], vendor_names[name], number);
}

std::string person_name(std::int64_t number) {
  const auto [first, last] = pair(number, first_names.size(), surnames.size(), 443);
  return std::string{first_names[first]} + ' ' + std::string{surnames[last]};
}

const City& city(Random& random) {
  int all = 0;
  for (const auto& each : cities) all += each.weight;
  auto left = random.below(all);
  for (const auto& each : cities) {
    if (left < each.weight) return each;
    left -= each.weight;
  }
  return cities.front();
}

std::string_view area_code(std::string_view name) {
  for (const auto& each : cities) {
    if (each.name == name) return each.area_code;
  }
  return cities.front().area_code;
}

std::string mail_domain(std::string_view name) {
  std::string out;
  for (const char c : fold(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

}  // namespace tomada::erp::demo
