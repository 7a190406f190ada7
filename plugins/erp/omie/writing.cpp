// Omie takes an integration code once: what is sent again under it, after a crash or a lost answer, is refused with the
// id of what is there. So the host never repeats a write, and repeating the call is safe.
#include "omie/fault.hpp"
#include "omie/omie_source.hpp"
#include "omie/operations.hpp"
#include "omie/record.hpp"
#include "sentence.hpp"

namespace tomada::erp::omie {
namespace {

// "… com o Id [5522173861] …"
std::string id_in(std::string_view text) {
  constexpr std::string_view before = "Id [";
  const auto begin = text.find(before);
  if (begin == std::string_view::npos) return {};
  text.remove_prefix(begin + before.size());
  const auto end = text.find(']');
  const auto id = text.substr(0, end);
  const bool is_id =
      end != std::string_view::npos && !id.empty() && id.find_first_not_of("0123456789") == std::string_view::npos;
  return is_id ? std::string{id} : std::string{};
}

bool may_be_done(const Fault& fault) {
  return fault.code.ends_with("Client-6") || fault.code.ends_with("Client-8020") || fault.code.empty();
}

// The fault of something that is there already under this key, of that something else is in the way, or of the request.
Booking booking_of(const Operation& operation, const Fault& fault, const std::string& key) {
  const bool is_ours = fault.text.find('[' + key + ']') != std::string::npos;
  if (is_ours && !id_in(fault.text).empty()) return {id_in(fault.text), true};
  if (may_be_done(fault) || is_ours) throw Unsettled{refusal(operation.name, fault).what()};
  throw refusal(operation.name, fault);
}

Booking booking_of(const Operation& operation, const Client::Told& told, const char* id, const std::string& key) {
  if (told.fault) return booking_of(operation, *told.fault, key);
  const Record record{told.body};
  const auto status = record.text("codigo_status");
  if (!status.empty() && status != "0")
    throw sdk::ToolError{"omie refused " + std::string{operation.name} + ": " +
                         std::string{without_stop(record.text("descricao_status"))} + " (" + status +
                         "). Mend it and try again."};
  if (record.id(id).empty())
    throw Unsettled{"omie answered " + std::string{operation.name} +
                    " without an id. Repeat the same call: it is never booked twice."};
  return {record.id(id), false};
}

// The last member is the amount, with its digits as they are: a binary number would not be exact.
std::string with_amount(const sdk::json::object& parameters, const Decimal& amount) {
  auto out = sdk::write(parameters);
  out.pop_back();
  return out + R"(,"valor_documento":)" + amount.text() + '}';
}

sdk::json::array tags_of(const Partner& draft) {
  sdk::json::array out;
  if (draft.is_customer) out.push_back(sdk::json::object{{"tag", "Cliente"}});
  if (draft.is_supplier) out.push_back(sdk::json::object{{"tag", "Fornecedor"}});
  return out;
}

// What is known is no longer true, however the writing ended.
template <class Forget>
class Afterwards {
 public:
  explicit Afterwards(Forget forget) : forget_{forget} {}
  ~Afterwards() { forget_(); }
  Afterwards(const Afterwards&) = delete;
  Afterwards& operator=(const Afterwards&) = delete;

 private:
  Forget forget_;
};

}  // namespace

std::optional<Partner> OmieSource::find_partner(const std::string& id, const Request& request) {
  auto names = directory({}, request);
  const Counterparty wanted{id, {}, {}, {}};
  look_up(names, {&wanted}, request);
  const auto* found = names.find(id);
  return found ? std::optional{*found} : std::nullopt;
}

Booking OmieSource::create_partner(const Partner& draft, const std::string& key, const Request& request) {
  const Afterwards forgetting{[this] { partners_.forget(); }};
  sdk::json::object parameters{{"codigo_cliente_integracao", key},
                               {"razao_social", draft.name},
                               {"nome_fantasia", draft.trade_name.empty() ? draft.name : draft.trade_name},
                               {"cnpj_cpf", draft.tax_id},
                               {"tags", tags_of(draft)}};
  if (!draft.city.empty()) parameters["cidade"] = draft.city;
  if (!draft.state.empty()) parameters["estado"] = draft.state;
  if (!draft.email.empty()) parameters["email"] = draft.email;
  const auto& operation = operations::create_partner;
  return booking_of(operation, client_.send(operation, sdk::write(parameters), request), "codigo_cliente_omie", key);
}

Booking OmieSource::create_title(const Title& draft, const std::string& key, const Request& request) {
  const bool is_payable = draft.direction == Direction::payable;
  const Afterwards forgetting{[&] { titles_[is_payable ? 1 : 0].forget(); }};
  sdk::json::object parameters{
      {"codigo_lancamento_integracao", key},         {"codigo_cliente_fornecedor", std::stoll(draft.partner.id)},
      {"codigo_categoria", draft.category_code},     {"data_emissao", draft.issued_on.brazilian()},
      {"data_vencimento", draft.due_on.brazilian()}, {"data_previsao", draft.due_on.brazilian()}};
  if (!draft.document.empty()) parameters["numero_documento"] = draft.document;
  const auto& operation = is_payable ? operations::create_payable : operations::create_receivable;
  const auto told = client_.send(operation, with_amount(parameters, draft.amount), request);
  return booking_of(operation, told, "codigo_lancamento_omie", key);
}

}  // namespace tomada::erp::omie
