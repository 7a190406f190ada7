#include "erp.hpp"

#include "erp_definitions.hpp"
#include "sources.hpp"
#include "tools/compat.hpp"

namespace tomada::erp {

Erp::Erp(sdk::Host host)
    : host_{host}, settings_{Settings::from(host.config())}, source_{make_source(settings_, host)} {}

std::vector<sdk::Tool<Erp>> Erp::tools() const {
  std::vector<sdk::Tool<Erp>> out{
      named("erp_partners", definitions::erp_partners, &tools::partners),
      named("erp_receivables", definitions::erp_receivables, &tools::receivables),
      named("erp_payables", definitions::erp_payables, &tools::payables),
      named("erp_categories", definitions::erp_categories, &tools::categories),
      named("erp_products", definitions::erp_products, &tools::products),
      named("erp_orders", definitions::erp_orders, &tools::orders),
      named("erp_cash_position", definitions::erp_cash_position, &tools::cash_position),
      named("erp_cash_flow", definitions::erp_cash_flow, &tools::cash_flow),
      named("erp_sales", definitions::erp_sales, &tools::sales),
      named("erp_ageing", definitions::erp_ageing, &tools::ageing),
  };
  if (settings_.has_writes) {
    out.push_back(writing("erp_create_partner", definitions::erp_create_partner, &tools::create_partner));
    out.push_back(writing("erp_create_payable", definitions::erp_create_payable, &tools::create_payable));
    out.push_back(writing("erp_create_receivable", definitions::erp_create_receivable, &tools::create_receivable));
  }
  if (!settings_.is_compat) return out;
  using namespace tools::compat;
  out.push_back(named("testar_conexao", definitions::testar_conexao, &testar_conexao));
  out.push_back(named("consultar_categorias", definitions::consultar_categorias, &consultar_categorias));
  out.push_back(named("consultar_departamentos", definitions::consultar_departamentos, &consultar_departamentos));
  out.push_back(named("listar_clientes", definitions::listar_clientes, &listar_clientes));
  out.push_back(named("consultar_fornecedores", definitions::consultar_fornecedores, &consultar_fornecedores));
  out.push_back(named("consultar_contas_pagar", definitions::consultar_contas_pagar, &consultar_contas_pagar));
  out.push_back(named("consultar_contas_receber", definitions::consultar_contas_receber, &consultar_contas_receber));
  out.push_back(named("lista_empresas", definitions::lista_empresas, &lista_empresas));
  out.push_back(named("info_empresa", definitions::info_empresa, &info_empresa));
  out.push_back(named("listar_contas_correntes", definitions::listar_contas_correntes, &listar_contas_correntes));
  out.push_back(named("listar_resumo_contas_correntes", definitions::listar_resumo_contas_correntes,
                      &listar_resumo_contas_correntes));
  if (!settings_.has_writes) return out;
  out.push_back(writing("cadastrar_cliente_fornecedor", definitions::cadastrar_cliente_fornecedor,
                        &cadastrar_cliente_fornecedor));
  out.push_back(writing("criar_conta_pagar", definitions::criar_conta_pagar, &criar_conta_pagar));
  out.push_back(writing("criar_conta_receber", definitions::criar_conta_receber, &criar_conta_receber));
  return out;
}

// Unlisted: only the answer that made a file knows its name.
std::vector<sdk::Resource<Erp>> Erp::resources() const {
  return {sdk::resource_template(exports_.uri_template(), definitions::erp_exports, &Erp::exported,
                                 TOMADA_RESOURCE_UNLISTED)};
}

sdk::json::object Erp::health() const {
  if (!settings_.has_writes || source_->can_write()) return source_->health();
  return {{"status", "degraded"},
          {"reason", "writes = true, but the source \"" + settings_.source + "\" does not write"},
          {"next_step", "Take writes out of the instance's section, or use source = \"omie\"."}};
}

sdk::Tool<Erp> Erp::named(const char* name, const char* definition, tools::Work work) const {
  const auto run = [work](Erp& self, const sdk::json::object& arguments, sdk::Call& call) {
    return work(*self.source_, arguments, self.request(call, arguments));
  };
  const auto reach = source_->is_open_world() ? unsigned{TOMADA_TOOL_OPEN_WORLD} : 0u;
  return {name, definition, run, TOMADA_TOOL_READ_ONLY | TOMADA_TOOL_IDEMPOTENT | reach};
}

// The same arguments on the same day book once, so repeating is safe.
sdk::Tool<Erp> Erp::writing(const char* name, const char* definition, tools::Change change) const {
  const auto run = [change](Erp& self, const sdk::json::object& arguments, sdk::Call& call) {
    return change(*self.source_, arguments, self.request(call, arguments), self.host_);
  };
  const auto reach = source_->is_open_world() ? unsigned{TOMADA_TOOL_OPEN_WORLD} : 0u;
  return {name, definition, run, TOMADA_TOOL_IDEMPOTENT | reach};
}

Request Erp::request(const sdk::Call& call, const sdk::json::object& arguments) const {
  constexpr std::int64_t day_ms = 86'400'000, noon_ms = 43'200'000;  // noon UTC is nine in the morning there
  const auto began_ms = host_.steady_ms();
  const auto now_ms = settings_.today ? settings_.today->days() * day_ms + noon_ms : host_.unix_ms();
  const auto* fresh = arguments.if_contains("fresh");
  const auto today = settings_.today ? *settings_.today : source_->today(&call, now_ms);
  const bool wants_fresh = fresh && fresh->is_bool() && fresh->get_bool();
  return {&call, today, wants_fresh, now_ms, false, &exports_, began_ms, {}};
}

}  // namespace tomada::erp

using tomada::erp::Erp;
TOMADA_PLUGIN_DYNAMIC(Erp, "tomada.erp", "0.1.0");
