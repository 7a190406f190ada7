// What comes back every month: contracts, payroll, and the taxes on the sales and the payroll of the month before.
#include "books.hpp"
#include "calendar.hpp"
#include "random.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

namespace tomada::erp::demo {
namespace {

struct Contract {
  std::string_view partner, document, category, department;
  int due_day, issued_before;  // days before it is due
  std::int64_t amount;
  int spread;  // percent around the amount
};
constexpr std::array contracts{
    Contract{"Imobiliária Barão", "Aluguel", "2.03.01", "5476990007", 5, 30, 8'900'00, 0},
    Contract{"Condomínio Anhanguera", "Condomínio", "2.03.02", "5476990007", 10, 20, 1'180'00, 6},
    Contract{"Energética do Interior", "Energia", "2.03.03", "5476990004", 18, 14, 2'350'00, 22},
    Contract{"Águas do Atibaia", "Água", "2.03.04", "5476990004", 15, 12, 410'00, 25},
    Contract{"Sentinela", "Vigilância", "2.03.05", "5476990007", 12, 20, 980'00, 0},
    Contract{"Contábil Rui Barbosa", "Honorários", "2.04.01", "5476990008", 10, 15, 1'650'00, 0},
    Contract{"Fibra Nova", "Internet e telefone", "2.04.02", "5476990007", 20, 18, 489'90, 3},
    Contract{"Nuvem Clara", "Licenças", "2.04.03", "5476990007", 8, 10, 729'00, 0},
    Contract{"Papelaria Central", "Material", "2.04.04", "5476990007", 22, 15, 310'00, 45},
    Contract{"Porto das Águas Seguros", "Apólice", "2.04.05", "5476990008", 17, 30, 645'30, 0},
    Contract{"Brilho Limpeza", "Limpeza", "2.04.06", "5476990007", 9, 12, 1'390'00, 0},
    Contract{"Mirante", "Campanha", "2.06.02", "5476990001", 25, 20, 1'900'00, 35},
    Contract{"Posto Trevo", "Combustível", "2.06.03", "5476990006", 11, 10, 2'480'00, 18},
    Contract{"Cartão Refeição", "Benefícios", "2.02.06", "5476990007", 28, 5, 8'840'00, 4},
};

struct Tax {
  std::string_view partner, document, category;
  int due_day;
  int per_myriad;  // of the invoices of the month before; with is_on_payroll, of the payroll
  bool is_on_payroll;
};
constexpr std::array taxes{
    Tax{"SEFAZ SP", "ICMS", "2.05.01", 20, 410, false},
    Tax{"Receita Federal", "PIS", "2.05.02", 25, 65, false},
    Tax{"Receita Federal", "COFINS", "2.05.03", 25, 300, false},
    Tax{"Receita Federal", "IRPJ", "2.05.04", 28, 120, false},
    Tax{"Receita Federal", "CSLL", "2.05.05", 28, 108, false},
    Tax{"Receita Federal", "INSS", "2.02.04", 20, 2'680, true},
    Tax{"FGTS", "FGTS", "2.02.05", 20, 800, true},
};

class Expenses {
 public:
  explicit Expenses(Books& books) : books_{books}, staff_{partners_of(books, Trade::employee)} {
    for (const auto& invoice : books.invoices) {
      if (!invoice.is_cancelled) invoiced_[month_number(invoice.issued_on)] += invoice.total;
    }
  }

  void month(int number) {
    start_ = month_start(number);
    in_month_ = 0;
    for (const auto& contract : contracts) bill(contract);
    for (std::size_t i = 0; i < staff_.size(); ++i) pay(*staff_[i], i < 2);
    for (const auto& tax : taxes) levy(tax);
  }

 private:
  // Every call takes the next number of the month, also when the title is not yet issued: numbers never move.
  void add(std::int64_t partner, std::string document, std::string_view category, std::string_view department,
           Date issued_on, Date due_on, std::int64_t amount) {
    const auto id = 6'000'000'000 + month_number(start_) * 1'000 + in_month_++;
    if (issued_on > books_.today || amount <= 0) return;
    TitleRow title;
    title.id = id;
    title.document = std::move(document);
    title.installment = installment_text(1, 1);
    title.partner = partner;
    title.category = category;
    title.department = department;
    title.issued_on = issued_on;
    title.due_on = due_on;
    title.amount = amount;
    books_.titles.push_back(std::move(title));
  }

  void bill(const Contract& contract) {
    Random random{contract.document, month_number(start_)};
    const auto due_on = start_ + (contract.due_day - 1);
    const auto amount = contract.amount * random.between(100 - contract.spread, 100 + contract.spread) / 100 +
                        (contract.spread > 0 ? random.below(100) : 0);
    add(named(contract.partner), with_month(contract.document, start_), contract.category, contract.department,
        due_on - contract.issued_before, due_on, amount);
  }

  [[nodiscard]] std::int64_t salary(const PartnerRow& employee) const {
    return 2'150'00 + employee.terms * 27'00;  // from 2 150 to 4 823
  }

  void pay(const PartnerRow& employee, bool is_owner) {
    const auto last_month = start_.plus_months(-1);
    if (is_owner) {
      add(employee.id, with_month("Pró-labore", last_month), "2.02.07", "5476990007", start_, start_ + 9, 6'500'00);
      return;
    }
    const auto net = salary(employee) * 90 / 100;
    const auto advance = net * 40 / 100;
    add(employee.id, with_month("Folha", last_month), "2.02.01", "5476990007", start_ - 1, start_ + 4, net - advance);
    add(employee.id, with_month("Adiantamento", start_), "2.02.02", "5476990007", start_ + 14, start_ + 19, advance);
    const bool is_first_half = start_.month() == 11;
    const auto due_on = start_ + (is_first_half ? 29 : 19);
    const auto bonus = is_first_half || start_.month() == 12 ? net / 2 : 0;
    add(employee.id, with_month("13º salário", start_), "2.02.03", "5476990007", due_on - 10, due_on, bonus);
  }

  void levy(const Tax& tax) {
    const auto last_month = start_.plus_months(-1);
    const auto base = tax.is_on_payroll ? payroll() : invoiced_[month_number(last_month)];
    add(named(tax.partner), with_month(tax.document, last_month), tax.category, "5476990008", start_ + 4,
        start_ + (tax.due_day - 1), base * tax.per_myriad / 10'000);
  }

  [[nodiscard]] std::int64_t payroll() const {
    std::int64_t sum = 0;
    for (std::size_t i = 2; i < staff_.size(); ++i) sum += salary(*staff_[i]);
    return sum;
  }
  [[nodiscard]] std::int64_t named(std::string_view trade_name) const {
    const auto found = std::ranges::find(books_.partners, trade_name, &PartnerRow::trade_name);
    if (found == books_.partners.end()) throw std::logic_error("no partner " + std::string{trade_name});
    return found->id;
  }
  static std::string with_month(std::string_view document, Date month) {  // Aluguel 11/2026
    return std::string{document} + ' ' + month.brazilian().substr(3);
  }

  Books& books_;
  std::vector<const PartnerRow*> staff_;
  std::map<int, std::int64_t> invoiced_;  // by month_number
  Date start_;
  std::int64_t in_month_ = 0;
};

}  // namespace

void write_expenses(Books& books) {
  Expenses expenses{books};
  const auto first = month_number(books.begun_on), last = month_number(books.today) + 1;
  for (int number = first; number <= last; ++number) expenses.month(number);
}

}  // namespace tomada::erp::demo
