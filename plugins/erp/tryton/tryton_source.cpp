#include "tryton/tryton_source.hpp"

#include "matching.hpp"
#include "tryton/tax_id.hpp"

#include <stdexcept>
#include <utility>

namespace tomada::erp::tryton {
namespace {

constexpr std::int64_t quarter_hour_ms = 15 * 60'000;  // days begin nowhere between two quarters of an hour

std::string required(const Settings& settings, const char* key, const char* example) {
  auto value = settings.text(key);
  if (!value.empty()) return value;
  throw std::invalid_argument(
      std::string{key} + " is missing; source = \"tryton\" needs upstream, database, user and password, for example " +
      key + " = \"" + example + '"');
}

Login login_of(const Settings& settings) {
  return {required(settings, "upstream", "tryton"), required(settings, "database", "company"),
          required(settings, "user", "assistant"), required(settings, "password", "${TRYTON_PASSWORD}")};
}

std::int64_t number_of(const sdk::json::value& value) {
  const auto* number = value.if_int64();
  return number ? *number : 0;
}

}  // namespace

TrytonSource::TrytonSource(const Settings& settings, sdk::Host host)
    : company_name_{settings.text("company")}, user_{settings.text("user")}, client_{host, login_of(settings)} {}

// Tryton knows the company's time zone and its days.
Date TrytonSource::today(const sdk::Call* call, std::int64_t now_ms) {
  {
    const std::lock_guard lock{mutex_};
    if (day_ && now_ms < day_->until_ms && now_ms >= day_->until_ms - quarter_hour_ms) return day_->date;
  }
  Request request;
  request.call = call;
  request.now_ms = now_ms;
  Provenance ignored;
  sdk::json::array parameters;
  parameters.push_back(context(books(request)));
  const auto answer = client_.call("model.ir.date.today", parameters, request, ignored);
  const sdk::json::object row{{"today", answer}};
  try {
    const Day day{Row{row}.required_date("today"), (now_ms / quarter_hour_ms + 1) * quarter_hour_ms};
    const std::lock_guard lock{mutex_};
    day_ = day;
    return day.date;
  } catch (const FieldError& error) {
    throw sdk::ToolError{std::string{"tryton does not tell the company's day: "} + error.what() +
                         ". Look at trytond's log."};
  }
}

TrytonSource::Books TrytonSource::books(const Request& request) {
  {
    const std::lock_guard lock{mutex_};
    if (books_) return *books_;
  }
  auto found = read_books(request);
  const std::lock_guard lock{mutex_};
  return *(books_ = std::move(found));
}

std::int64_t TrytonSource::find_company(const Request& request, Provenance& provenance) const {
  if (!company_name_.empty()) return find_named_company(request, provenance);
  const auto preferences =
      client_.call("model.res.user.get_preferences", {true, sdk::json::object{}}, request, provenance);
  const auto* object = preferences.if_object();
  const auto* company = object ? object->if_contains("company") : nullptr;
  if (const auto id = company ? number_of(*company) : 0) return id;
  throw sdk::ToolError{
      "tryton's user has no company of its own. Choose one in that user's preferences, or name it: company = \"…\" in "
      "the plugin's section of the configuration."};
}

// Tryton shows everybody every company, but of others' only empty books.
std::int64_t TrytonSource::find_named_company(const Request& request, Provenance& provenance) const {
  Domain by_name;
  by_name.with("party.name", "=", sdk::json::string_view{company_name_});
  const auto found = client_.read_all({"company.company", by_name, {"party"}, {}}, request);
  const auto refuse = [this](const char* why) {
    throw sdk::ToolError{
        "tryton's company \"" + company_name_ + "\" " + why +
        ". Mend company in the plugin's section of the configuration, or the user's companies in Tryton."};
  };
  if (found.rows.empty()) refuse("does not exist");
  if (found.rows.size() > 1) refuse("exists more than once");
  const auto id = Row{found.rows.front()}.id();
  Domain membership;
  membership.with("login", "=", sdk::json::string_view{user_}).with("companies", "=", id);
  const auto count =
      client_.call("model.res.user.search_count", {membership.clauses(), sdk::json::object{}}, request, provenance);
  if (number_of(count) == 0) refuse("is not one of the user's");
  return id;
}

TrytonSource::Books TrytonSource::read_books(const Request& request) const {
  Books out;
  Provenance ignored;
  out.company_id = find_company(request, ignored);
  Domain domain;
  domain.with("id", "=", out.company_id);
  const auto rows =
      client_.read_all({"company.company",
                        domain,
                        {"party.name", "party.identifiers.type", "party.identifiers.code", "currency.code"},
                        context(out)},
                       request);
  for_each(rows, [&](const Row& row) {
    out.company = {row.part("party.").text("name"), tax_id_of(row.part("party."))};
    out.currency_id = row.part("currency.").id();
    out.currency = row.part("currency.").text("code");
  });
  if (out.currency.empty())
    throw sdk::ToolError{"tryton does not show the company's currency. Let the connector's user read companies."};
  Domain models;
  models.with("model", "in", sdk::json::array{"sale.sale", "purchase.purchase", "stock.location", "stock.order_point"});
  for_each(client_.read_all({"ir.model", models, {"model"}, {}}, request), [&](const Row& row) {
    const auto model = row.text("model");
    out.has_sales = out.has_sales || model == "sale.sale";
    out.has_purchases = out.has_purchases || model == "purchase.purchase";
    out.has_stock = out.has_stock || model == "stock.location";
    out.has_order_points = out.has_order_points || model == "stock.order_point";
  });
  return out;
}

// Records that are no longer used are asked for too: their names stand in old books.
sdk::json::object TrytonSource::context(const Books& books) const {
  return {{"company", books.company_id}, {"active_test", false}, {"posted", true}};
}

Provenance TrytonSource::provenance(const Books& books) const {
  Provenance out;
  out.currency = books.currency;
  out.is_in_utc = true;
  return out;
}

Rows TrytonSource::read(std::string_view model, Domain domain, std::vector<std::string_view> fields, const Books& books,
                        const Request& request) const {
  return client_.read_all({model, std::move(domain), std::move(fields), context(books)}, request);
}

Connection TrytonSource::connect(const Request& request) {
  Connection out;
  const auto books = read_books(request);
  static_cast<Provenance&>(out) = provenance(books);
  out.company = books.company;
  out.was_asked = true;
  return out;
}

// The accounts that make a profit or a loss are what others call categories.
Page<Category> TrytonSource::categories(const CategoryQuery& query, const Request& request) {
  const auto books = this->books(request);
  Domain domain;
  domain.with("company", "=", books.company_id).with("type.statement", "=", "income");
  const auto rows =
      read("account.account", domain, {"code", "name", "closed", "type.revenue", "type.expense"}, books, request);
  Page<Category> out;
  static_cast<Provenance&>(out) = provenance(books);
  merge(out, rows.provenance);
  for_each(rows, [&](const Row& row) {
    Category category;
    category.code = row.text("code");
    if (category.code.empty()) category.code = std::to_string(row.id());  // a chart may do without
    category.description = row.text("name");
    category.kind = row.part("type.").flag("revenue") ? CategoryKind::revenue : CategoryKind::expense;
    category.is_active = !row.flag("closed");
    if (matches(category, query)) out.items.push_back(std::move(category));
  });
  out.total = static_cast<std::int64_t>(out.items.size());
  sort(out.items);
  cut(out.items, query.slice);
  return out;
}

// Tryton 6.0 has no departments.
Page<Department> TrytonSource::departments(const DepartmentQuery&, const Request& request) {
  Page<Department> out;
  static_cast<Provenance&>(out) = provenance(books(request));
  return out;
}

}  // namespace tomada::erp::tryton
