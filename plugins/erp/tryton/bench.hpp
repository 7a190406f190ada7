#pragma once
// Bench: the connector on a scripted host, before a Tryton that holds what a test put there.
#include "tryton/tryton_source.hpp"

#include <tomada/testing/fake_host.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string>

namespace tomada::erp::tryton::test {

namespace json = boost::json;
using sdk::HttpRequest;
using sdk::HttpResponse;
using testing::FakeHost;

inline constexpr const char* password = "canary-password-7d1f";
inline const Date today = Date::of(2026, 10, 15);

inline Settings settings() {
  return Settings::from({{"source", "tryton"},
                         {"upstream", "tryton"},
                         {"database", "company"},
                         {"user", "assistant"},
                         {"password", password}});
}

inline json::object decimal(const std::string& digits) { return {{"__class__", "Decimal"}, {"decimal", digits}}; }
inline json::object date(int year, int month, int day) {
  return {{"__class__", "date"}, {"year", year}, {"month", month}, {"day", day}};
}

inline HttpResponse answered(std::string body, int status = 200) {
  HttpResponse out;
  out.status = status;
  out.body = std::move(body);
  out.read_at_ms = 1'792'000'000'000;
  return out;
}

// Answers search_read by falling id, with the clauses on ids alone; other methods as the test says.
class FakeTryton {
 public:
  using Method = std::function<json::value(const json::array& parameters)>;

  std::map<std::string, std::vector<json::object>> records;  // by model
  std::map<std::string, Method> methods;
  std::function<void(const std::string& method)> before_answer = [](const std::string&) {};
  int logins = 0;
  std::string session = "key-1";  // the one that is valid
  bool is_password_right = true;

  FakeTryton() {
    methods["model.res.user.get_preferences"] = [](const json::array&) { return json::object{{"company", 1}}; };
    methods["model.ir.date.today"] = [](const json::array&) { return date(2026, 10, 15); };
    records["company.company"] = {
        {{"id", 1},
         {"party.", json::object{{"name", "Aurora Ltda"}, {"id", 1}, {"identifiers.", json::array{}}}},
         {"currency.", json::object{{"id", 1}, {"code", "BRL"}}}}};
  }

  HttpResponse respond(const HttpRequest& request) {
    const auto question = json::parse(request.body).get_object();
    const std::string method{question.at("method").get_string().c_str()};
    const auto& parameters = question.at("params").get_array();
    asked.push_back(method);
    if (method == "common.db.login") return log_in(parameters);
    if (request.headers.at("Authorization") != "Session " + in_base64(session)) return answered("", 401);
    before_answer(method);
    return answered(json::serialize(json::object{{"id", 1}, {"result", result_of(method, parameters)}}));
  }

  std::vector<std::string> asked;

 private:
  // "assistant:1:key-1" and its successors, as the connector must send them
  static std::string in_base64(const std::string& key) {
    return key == "key-1" ? "YXNzaXN0YW50OjE6a2V5LTE=" : key == "key-2" ? "YXNzaXN0YW50OjE6a2V5LTI=" : "?";
  }
  HttpResponse log_in(const json::array& parameters) {
    ++logins;
    const bool is_right =
        is_password_right && parameters.at(0) == "assistant" && parameters.at(1).at("password") == password;
    if (!is_right) return answered("<html>Unauthorized</html>", 401);
    return answered(json::serialize(json::object{{"id", 1}, {"result", json::array{1, session}}}));
  }
  json::value result_of(const std::string& method, const json::array& parameters) {
    if (const auto scripted = methods.find(method); scripted != methods.end()) return scripted->second(parameters);
    constexpr std::string_view read = ".search_read", count = ".search_count", model = "model.";
    const auto name = [&](std::string_view verb) {
      return method.substr(model.size(), method.size() - model.size() - verb.size());
    };
    if (method.ends_with(read)) return search(records[name(read)], parameters);
    if (method.ends_with(count)) return records[name(count)].size();
    return nullptr;
  }
  static bool agrees(const json::object& row, const json::value& clause) {
    const auto* parts = clause.if_array();
    if (!parts || parts->size() != 3) return true;
    if (parts->at(1) == "!=" && parts->at(2).is_null()) return !row.at(parts->at(0).get_string()).is_null();
    if (parts->at(0) != "id") return true;
    const auto id = row.at("id").to_number<std::int64_t>();
    if (parts->at(1) == "<") return id < parts->at(2).to_number<std::int64_t>();
    if (parts->at(1) != "in") return true;
    return std::ranges::any_of(parts->at(2).get_array(), [id](const auto& each) { return each == id; });
  }
  static json::array search(const std::vector<json::object>& all, const json::array& parameters) {
    std::vector<std::pair<std::int64_t, const json::object*>> newest_first;
    for (const auto& row : all) newest_first.emplace_back(row.at("id").to_number<std::int64_t>(), &row);
    std::ranges::sort(newest_first, std::greater{});
    json::array out;
    for (const auto& [id, row] : newest_first) {
      const auto holds = [&row = *row](const json::value& clause) { return agrees(row, clause); };
      if (!std::ranges::all_of(parameters.at(0).get_array(), holds)) continue;
      if (out.size() == parameters.at(2).to_number<std::size_t>()) break;
      out.push_back(*row);
    }
    return out;
  }
};

struct Bench {
  Bench() {
    host.answer("tryton", "company/", [this](const HttpRequest& request) { return tryton.respond(request); });
  }
  [[nodiscard]] std::ptrdiff_t asked(const std::string& method) const {
    return std::ranges::count(tryton.asked, method);
  }
  void models(std::initializer_list<const char*> names) {
    int id = 0;
    for (const auto* name : names) tryton.records["ir.model"].push_back({{"id", ++id}, {"model", name}});
  }

  FakeTryton tryton;
  FakeHost host;
  TrytonSource source{settings(), host.host()};
  Request asking{nullptr, today, false, 1'792'000'000'000, false, nullptr, 0, {}};
};

// A line of a receivable account: what of an invoice is due, or a payment when there is no due day.
inline json::object line(int id, const std::string& debit, const std::string& credit, const json::value& due,
                         int invoice, int reconciliation = 0) {
  json::object out{{"id", id}, {"debit", decimal(debit)}, {"credit", decimal(credit)}, {"maturity_date", due}};
  out["date"] = date(2026, 9, 1);
  out["reconciliation"] = reconciliation ? json::value(reconciliation) : json::value(nullptr);
  out["reconciliation."] =
      reconciliation ? json::value{{"id", reconciliation}, {"date", date(2026, 9, 20)}} : json::value(nullptr);
  out["move"] = 100 + invoice;
  out["move."] = json::object{
      {"id", 100 + invoice},
      {"number", "M" + std::to_string(invoice)},
      {"origin", invoice ? json::value("account.invoice," + std::to_string(invoice)) : json::value(nullptr)}};
  out["party."] = json::object{
      {"id", 7},
      {"name", "São João Ltda"},
      {"identifiers.", json::array{json::object{{"id", 1}, {"type", "br_cnpj"}, {"code", "11222333000181"}}}}};
  return out;
}

}  // namespace tomada::erp::tryton::test
