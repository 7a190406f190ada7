// Products.
#include "answers.hpp"
#include "listing.hpp"

#include <set>

namespace omie_simulator {
namespace {

json::object write_product(const Product& product) {
  return {{"bloqueado", "N"},
          {"codigo", product.code},
          {"codigo_familia", product.family},
          {"codigo_produto", product.id},
          {"codigo_produto_integracao", ""},
          {"descricao", product.description},
          {"ean", ""},
          {"estoque_minimo", 0},
          {"importado_api", "N"},
          {"inativo", flag(product.is_inactive)},
          {"info", stamp(product.created, product.changed)},
          {"marca", ""},
          {"ncm", product.ncm},
          {"peso_bruto", 0},
          {"peso_liq", 0},
          {"quantidade_estoque", 0},
          {"tipoItem", "00"},
          {"unidade", product.unit},
          {"valor_unitario", money(product.price)}};
}

json::object write_product_briefly(const Product& product) {
  return {{"codigo", product.code},
          {"codigo_produto", product.id},
          {"codigo_produto_integracao", ""},
          {"descricao", product.description},
          {"valor_unitario", money(product.price)}};
}

class ProductFilter {
 public:
  explicit ProductFilter(const json::object& asked)
      : is_any_{text_of(asked, "filtrar_apenas_omiepdv") == "N" && !is_only_api(asked)},
        inactive_{text_of(asked, "inativo")},
        family_{text_of(asked, "filtrar_apenas_familia")},
        kind_{text_of(asked, "filtrar_apenas_tipo")},
        ean_{text_of(asked, "ean")},
        ncm_{text_of(asked, "ncm")},
        part_{text_of(asked, "filtrar_apenas_descricao")},
        changed_{asked} {
    part_.erase(std::remove(part_.begin(), part_.end(), '%'), part_.end());
    if (const auto* codes = asked.if_contains("produtosPorCodigo"))
      for (const auto& code : codes->get_array()) {
        ids_.insert(number_of(code.get_object(), "codigo_produto").value_or(0));
        codes_.insert(text_of(code.get_object(), "codigo"));
      }
  }
  [[nodiscard]] bool is_too_short() const { return !part_.empty() && part_.size() < 3; }
  [[nodiscard]] bool passes(const Product& product, const Company& company) const {
    return is_any_ && changed_.has(product.created, product.changed) &&
           (inactive_.empty() || inactive_ == flag(product.is_inactive)) && (kind_.empty() || kind_ == "00") &&
           ean_.empty() && (ncm_.empty() || ncm_ == product.ncm) &&
           (ids_.empty() || ids_.contains(product.id) || codes_.contains(product.code)) &&
           (family_.empty() || is_of_family(product, company)) &&
           (part_.empty() || contains_ignoring_case(product.description, part_));
  }

 private:
  [[nodiscard]] bool is_of_family(const Product& product, const Company& company) const {
    return std::any_of(company.families.begin(), company.families.end(), [&](const Family& family) {
      return family.id == product.family && (family.name == family_ || family.code == family_);
    });
  }

  bool is_any_;
  std::string inactive_, family_, kind_, ean_, ncm_, part_;
  std::set<Id> ids_;
  std::set<std::string> codes_;
  ChangeRange changed_;
};

Reply list_wanted(const Question& question, json::object (*write)(const Product&)) {
  const ProductFilter wanted{question.parameters};
  if (wanted.is_too_short()) return client_fault(1010, "O filtro de descrição precisa de pelo menos 3 caracteres!");
  return list(
      question, question.company.products,
      [&](const Product& product) { return wanted.passes(product, question.company); }, write);
}

}  // namespace

Reply list_products(const Question& question) { return list_wanted(question, write_product); }
Reply list_products_briefly(const Question& question) { return list_wanted(question, write_product_briefly); }

Reply get_product(const Question& question) {
  const auto id = number_of(question.parameters, "codigo_produto");
  const std::string code = text_of(question.parameters, "codigo");
  const auto found = filter(question.company.products,
                            [&](const Product& product) { return id ? product.id == *id : product.code == code; });
  if (!found.empty()) return write_product(*found.front());
  return client_fault(103, "Produto não cadastrado para o Código [" + (id ? std::to_string(*id) : code) + "] !");
}

}  // namespace omie_simulator
