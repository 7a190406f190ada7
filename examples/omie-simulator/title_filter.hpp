#pragma once
// TitleFilter: which titles a question asks for, read once from its tags.
#include "company.hpp"
#include "filters.hpp"

#include <optional>
#include <string>

namespace omie_simulator {

enum class Standing { cancelled, settled, due_today, late, open };
[[nodiscard]] Standing standing(const Title& title, Day today);

class TitleFilter {
 public:
  [[nodiscard]] static TitleFilter of_register(const json::object& asked,
                                               bool is_payable);  // ListarContasPagar, …Receber
  [[nodiscard]] static TitleFilter of_movements(const json::object& asked);

  [[nodiscard]] bool passes(const Title& title, const Company& company) const;

 private:
  struct Tags {  // how the call names what both ask for
    std::string_view status, customer, tax_id, account, project, salesperson;
    std::string_view issued_from, issued_to, entered_from, entered_to;
  };
  TitleFilter(const json::object& asked, const Tags& tags);
  [[nodiscard]] bool has_status(const Title& title, Day today) const;
  [[nodiscard]] bool has_texts(const Title& title) const;
  [[nodiscard]] bool is_of(const Title& title, const Company& company) const;

  bool is_nothing_ = false;  // nothing here was made through the API
  bool is_open_only_ = false;
  std::optional<bool> is_payable_;
  std::string status_, category_, tax_id_;  // tax_id_: its digits
  std::string document_, invoice_, kind_, integration_;
  std::optional<Id> id_, customer_, account_, project_, salesperson_, service_order_;
  DayRange issued_, entered_, due_, paid_, expected_, created_, altered_;
  ChangeRange changed_;
};

}  // namespace omie_simulator
