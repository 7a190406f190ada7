// Random titles, booked through a connector and read back through it: no amount and no date may differ.
// TOMADA_TITLES says how many for each connector.
#include "answers.hpp"
#include "demo/demo_source.hpp"
#include "filters.hpp"
#include "omie/omie_source.hpp"
#include "random.hpp"
#include "validation.hpp"

#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include <tomada/testing/fake_host.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>
#include <map>

using namespace tomada::erp;
using omie_simulator::Random;
using tomada::sdk::HttpRequest;
using tomada::sdk::HttpResponse;
namespace sim = omie_simulator;

namespace {

const Date today = Date::of(2026, 11, 21);
const Request asked{nullptr, today, false, 1'792'000'000'000};
constexpr std::size_t in_one_go = 20'000;  // of one direction: what Omie's pages of one question hold

std::size_t wanted() {
  const char* given = std::getenv("TOMADA_TITLES");
  return given ? std::strtoul(given, nullptr, 10) : 10'000;
}

struct Books {  // as they were sent
  std::map<std::string, Title> by_id;
  std::size_t differences = 0;
};

Title random_title(Random& random, Direction direction, const std::string& partner, const std::string& category) {
  Title out;
  out.direction = direction;
  out.partner.id = partner;
  out.category_code = category;
  out.document = "NF " + std::to_string(random.between(1, 999'999));
  out.issued_on = Date::from_days(random.between(0, 40'000));  // 1970 to 2079, each 29 February of it
  out.due_on = out.issued_on + random.between(0, 4'000);
  const auto digits = random.between(1, 13);  // one cent to a hundred thousand millions
  std::int64_t most = 1;
  for (std::int64_t i = 0; i < digits; ++i) most *= 10;
  out.amount = Decimal::from_units(random.between(1, most - 1), 2);
  return out;
}

std::string key_of(std::size_t number) {  // 20 characters, as the tools make them
  char out[64];
  std::snprintf(out, sizeof out, "k%07zx%012zu", number, number);
  return out;
}

// What came back, compared with what was sent; each is there once.
void compare(Books& books, const TitlePage& page) {
  for (const auto& title : page.items) {
    const auto sent = books.by_id.find(title.id);
    if (sent == books.by_id.end()) continue;  // the company had titles of its own
    const auto& draft = sent->second;
    const bool is_same = title.amount == draft.amount && title.due_on == draft.due_on &&
                         title.issued_on == draft.issued_on && title.open == draft.open && title.paid == draft.paid &&
                         title.paid_on == draft.paid_on && title.document == draft.document;
    books.differences += !is_same;
    books.by_id.erase(sent);
  }
}

TitlePage everything(Source& source, Direction direction) {
  TitleQuery query;
  query.direction = direction;
  query.slice.limit = 1'000'000;
  return source.titles(query, asked);
}

// Omie without a network: the connector's requests are answered by the simulator's books.
class Erp {
 public:
  explicit Erp(tomada::testing::FakeHost& host) : company_{sim::invent(options())} {
    for (const char* path :
         {"geral/clientes/", "geral/categorias/", "financas/mf/", "financas/contapagar/", "financas/contareceber/"})
      host.answer("omie", path, [this](const HttpRequest& request) { return answer(request); });
  }
  [[nodiscard]] static sim::Options options() {
    sim::Options out;
    out.today = "21/11/2026";
    out.customers = 10, out.titles = 0;
    out.page_cap = 500;
    return out;
  }
  [[nodiscard]] std::string partner() const { return std::to_string(company_.customers.front().id); }

  // Pays the newest title, or a part of it, on a random day.
  void pay(Random& random, Title& sent) {
    auto& title = company_.titles.back();
    title.paid = random.between(1, title.amount);
    title.paid_on = sim::Day{std::chrono::days{random.between(0, 40'000)}};
    sent.paid = Decimal::from_units(title.paid, 2);
    sent.open = sent.amount - sent.paid;
    sent.paid_on = Date{*title.paid_on};
  }

 private:
  HttpResponse answer(const HttpRequest& request) {
    findings_.clear();
    const auto envelope = tomada::json::read(request.body)->get_object();
    const auto& parameters = envelope.at("param").at(0).get_object();
    const auto* call = sim::find_call("/" + request.path, sim::text_of(envelope, "call"));
    HttpResponse out;
    out.status = 500;
    if (const auto wrong = sim::validate(*call, parameters)) return out.body = wrong->text, out;
    const auto reply = sim::is_creation(*call) ? sim::create(*call, parameters, company_)
                                               : sim::answer({*call, parameters, company_, options_, findings_});
    if (const auto* fault = std::get_if<sim::Fault>(&reply)) return out.body = fault->text, out;
    out.status = 200;
    tomada::json::write(out.body, std::get<boost::json::object>(reply));
    return out;
  }

  const sim::Options options_ = options();
  sim::Company company_;
  sim::Findings findings_;
};

std::size_t through_omie(std::size_t count, Random& random) {
  tomada::testing::FakeHost host;
  Erp erp{host};
  Settings settings;
  settings.source = settings.upstream = "omie";
  settings.app_key = "123456789", settings.app_secret = "0123456789abcdef0123456789abcdef";
  omie::OmieSource source{settings, host.host()};
  std::size_t differences = 0;
  for (const auto direction : {Direction::receivable, Direction::payable}) {
    Books books;
    const std::string category = direction == Direction::payable ? "2.01.04" : "1.01.02";
    for (std::size_t i = 0; i < count / 2; ++i) {
      auto draft = random_title(random, direction, erp.partner(), category);
      draft.open = draft.amount, draft.paid = Decimal::from_units(0, 2);
      const auto booking = source.create_title(draft, key_of(i), asked);
      if (random.happens(40)) erp.pay(random, draft);
      books.by_id.emplace(booking.id, std::move(draft));
      host.requests.clear();
    }
    compare(books, everything(source, direction));
    differences += books.differences + books.by_id.size();
  }
  return differences;
}

std::size_t through_demo(std::size_t count, Random& random) {
  tomada::testing::FakeHost host;
  Settings settings;
  settings.has_writes = true;
  demo::DemoSource source{settings, host.host()};
  PartnerQuery any;
  const auto partner = source.partners(any, asked).items.front().id;
  std::size_t differences = 0, number = 0;
  for (const auto direction : {Direction::receivable, Direction::payable}) {
    Books books;
    CategoryQuery of_direction;
    of_direction.kind = direction == Direction::payable ? CategoryKind::expense : CategoryKind::revenue;
    const auto category = source.categories(of_direction, asked).items.back().code;
    for (std::size_t i = 0; i < count / 2; ++i) {
      auto draft = random_title(random, direction, partner, category);
      draft.open = draft.amount, draft.paid = Decimal::from_units(0, 2);
      books.by_id.emplace(source.create_title(draft, key_of(++number), asked).id, std::move(draft));
      host.store.clear();  // it is in the books: looking through the records again would only take time
    }
    compare(books, everything(source, direction));
    differences += books.differences + books.by_id.size();
  }
  return differences;
}

}  // namespace

TEST_CASE("random titles through a connector and back: no amount and no date differs", "[omie]") {
  const auto [name, through] = GENERATE(
      table<const char*, std::size_t (*)(std::size_t, Random&)>({{"omie", through_omie}, {"demo", through_demo}}));
  Random random{20261121};
  std::size_t differences = 0;
  for (std::size_t left = wanted(); left > 0;) {
    const auto now = std::min(left, 2 * in_one_go);
    differences += through(now, random);
    left -= now;
  }
  std::cout << wanted() << " random titles through " << name << " and back: " << differences << " differences\n";
  CHECK(differences == 0);
}
