// What is bought, kept and sold. Stock is what its moves add up to: an opening, what was received, what was invoiced.
#include "inventing.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace omie_simulator {
namespace {

using std::chrono::days;

constexpr Id first_product = 3293025001, first_family = 3293024001, first_service = 4290828325;
constexpr Id first_order = 3037132001, first_purchase = 3037330001, first_service_order = 4362685001;

constexpr std::string_view materials[] = {
    "FILME DE POLIETILENO", "CAIXA DE PAPELÃO", "FITA ADESIVA", "PALETE DE PINUS",
    "SACO KRAFT",           "CANTONEIRA",       "ESPUMA",       "ETIQUETA TÉRMICA"};
constexpr std::string_view units[] = {"KG", "UN", "RL", "CX"};

constexpr std::string_view labours[] = {"CALIBRACAO", "INSTALACAO", "MANUTENCAO"};

Product invent_product(Random& random, std::size_t index, Day today) {
  Product out;
  out.id = first_product + static_cast<Id>(index);
  out.code = "PRD" + padded(static_cast<std::int64_t>(index) + 1, 5);
  const auto material = static_cast<std::size_t>(random.between(0, std::ssize(materials) - 1));
  out.family = first_family + static_cast<Id>(material);
  out.description = std::string{materials[material]} + " " + padded(random.between(1, 99), 2) + " MM";
  out.unit = random.one_of(units);
  out.ncm = "39" + padded(random.between(10, 26), 2) + ".90.00";
  out.price = random.between(210, 90'000);
  out.cost = out.price * random.between(40, 75) / 100;
  out.on_hand = random.between(0, 400);
  out.minimum = random.happens(60) ? random.between(5, 80) : 0;
  out.is_inactive = random.happens(5);
  const Day created = today - days{random.between(200, 900)};
  out.created = hour_of(created, out.id, today);
  out.changed = hour_of(created + days{random.between(0, 180)}, out.id, today);
  return out;
}

// price: (const Product&) -> Cents
template <class Price>
std::vector<OrderItem> invent_items(Random& random, const Company& company, Price price) {
  std::vector<OrderItem> out;
  for (std::int64_t left = random.between(1, 4); left > 0; --left) {
    const auto product = static_cast<std::size_t>(random.between(0, std::ssize(company.products) - 1));
    out.push_back({product, random.between(1, 60), price(company.products[product])});
  }
  return out;
}

Order invent_order(Random& random, std::size_t index, const Company& company) {
  Order out;
  out.id = first_order + static_cast<Id>(index);
  out.number = std::to_string(index + 1);
  out.customer = random.one_of(company.customers).id;
  out.salesperson = random.one_of(company.salespeople).id;
  out.project = random.happens(20) ? random.one_of(company.projects).id : 0;
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
  out.items = invent_items(random, company, [](const Product& product) { return product.price; });
  return out;
}

Purchase invent_purchase(Random& random, std::size_t index, const Company& company) {
  Purchase out;
  out.id = first_purchase + static_cast<Id>(index);
  out.number = std::to_string(index + 1);
  out.supplier = random.one_of(company.customers).id;
  const Day created = company.today - days{random.between(0, 300)};
  out.expected = created + days{random.between(5, 40)};
  out.is_cancelled = random.happens(5);
  const bool has_come = !out.is_cancelled && out.expected <= company.today && random.happens(85);
  if (has_come) out.received_on = out.expected;
  out.created = hour_of(created, out.id, company.today);
  out.changed = hour_of(out.received_on.value_or(created), out.id, company.today);
  out.items = invent_items(random, company, [](const Product& product) { return product.cost; });
  return out;
}

ServiceOrder invent_service_order(Random& random, std::size_t index, const Company& company) {
  ServiceOrder out;
  out.id = first_service_order + static_cast<Id>(index);
  out.number = std::to_string(index + 1);
  out.customer = random.one_of(company.customers).id;
  out.salesperson = random.one_of(company.salespeople).id;
  out.service = static_cast<std::size_t>(random.between(0, std::ssize(company.services) - 1));
  out.quantity = random.between(1, 8);
  out.price = company.services[out.service].price;
  const Day created = company.today - days{random.between(0, 365)};
  out.expected = created + days{random.between(1, 20)};
  out.is_cancelled = random.happens(5);
  const bool is_done = !out.is_cancelled && out.expected <= company.today && random.happens(80);
  out.step = is_done ? "60" : "20";
  if (is_done) out.invoiced_on = out.expected, out.invoice = padded(static_cast<std::int64_t>(index) + 1, 8);
  out.created = hour_of(created, out.id, company.today);
  out.changed = hour_of(out.invoiced_on.value_or(created), out.id, company.today);
  return out;
}

void book(Product& product, StockMove::Kind kind, Day day, std::int64_t quantity, Id document) {
  product.moves.push_back({kind, day, quantity, document});
}

// Each product opens with what makes the rest of its moves end in what is on hand, and never begins below nothing.
void open_stock(Product& product) {
  std::stable_sort(product.moves.begin(), product.moves.end(),
                   [](const StockMove& a, const StockMove& b) { return a.day < b.day; });
  std::int64_t moved = 0;
  for (const auto& move : product.moves) moved += move.quantity;
  product.on_hand = std::max(product.on_hand, product.reserved);
  const std::int64_t opening = std::max<std::int64_t>(product.on_hand - moved, 0);
  product.on_hand = opening + moved;
  Day first = day_of(product.created);
  if (!product.moves.empty()) first = std::min(first, product.moves.front().day - days{1});
  product.moves.insert(product.moves.begin(), {StockMove::Kind::opening, first, opening, 0});
}

void keep_stock(Company& company) {
  for (const auto& order : company.orders) {
    if (order.is_cancelled) continue;
    for (const auto& item : order.items) {
      Product& product = company.products[item.product];
      if (order.invoiced_on) book(product, StockMove::Kind::sale, *order.invoiced_on, -item.quantity, order.id);
      if (order.step == "20" || order.step == "50") product.reserved += item.quantity;
    }
  }
  for (const auto& purchase : company.purchases) {
    if (purchase.is_cancelled) continue;
    for (const auto& item : purchase.items) {
      Product& product = company.products[item.product];
      if (purchase.received_on)
        book(product, StockMove::Kind::purchase, *purchase.received_on, item.quantity, purchase.id);
      if (!purchase.received_on) product.pending += item.quantity;
    }
  }
  for (auto& product : company.products) open_stock(product);
}

}  // namespace

void invent_trade(Random& random, const Options& options, Company& company) {
  for (std::size_t i = 0; i < std::size(materials); ++i)
    company.families.push_back({first_family + static_cast<Id>(i), "FAM" + padded(static_cast<std::int64_t>(i) + 1, 2),
                                std::string{materials[i]}});
  for (std::size_t i = 0; i < std::size(labours); ++i)
    company.services.push_back({first_service + static_cast<Id>(i), "SRV" + padded(static_cast<std::int64_t>(i) + 1, 3),
                                std::string{labours[i]}, "14.0" + std::to_string(i + 1),
                                15'000 + 5'000 * static_cast<Cents>(i)});
  for (std::size_t i = 0; i < options.products; ++i)
    company.products.push_back(invent_product(random, i, company.today));
  for (std::size_t i = 0; i < options.orders; ++i) company.orders.push_back(invent_order(random, i, company));
  for (std::size_t i = 0; i < options.purchases; ++i) company.purchases.push_back(invent_purchase(random, i, company));
  for (std::size_t i = 0; i < options.service_orders; ++i)
    company.service_orders.push_back(invent_service_order(random, i, company));
  keep_stock(company);
}

}  // namespace omie_simulator
