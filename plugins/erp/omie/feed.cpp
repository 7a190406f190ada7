// Changes are asked for by date and hour; of movements by date only, where a day brings all its changes again. Payables
// and receivables are one list here, told apart by their nature.
#include "omie/feed.hpp"

#include "omie/mapping.hpp"
#include "omie/operations.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace tomada::erp::omie {
namespace {

constexpr std::int64_t minute_ms = 60'000, hour_ms = 60 * minute_ms, behind_utc_ms = 3 * hour_ms;

const Operation& operation_of(mirror::Shelf shelf) {
  if (shelf == mirror::Shelf::titles) return operations::movements;
  return shelf == mirror::Shelf::partners ? operations::partners : operations::orders;
}

std::string hour_of(std::int64_t unix_ms) {
  const auto seconds = (unix_ms - behind_utc_ms) / 1'000 % 86'400;
  char text[16];
  std::snprintf(text, sizeof text, "%02d:%02d:%02d", static_cast<int>(seconds / 3'600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return text;
}

sdk::json::object everything(mirror::Shelf shelf) {
  if (shelf == mirror::Shelf::titles) return {{"cTpLancamento", "CPCR"}};
  if (shelf == mirror::Shelf::orders) return {{"apenas_importado_api", "N"}};
  return {};
}

sdk::json::object question_of(const mirror::Question& question) {
  auto out = everything(question.shelf);
  if (question.since_ms == 0) return out;
  const auto day = Date::in_sao_paulo(question.since_ms).brazilian();
  if (question.shelf == mirror::Shelf::titles) {
    out["dDtAltDe"] = day;
    return out;
  }
  out["filtrar_por_data_de"] = day;
  out["filtrar_por_hora_de"] = hour_of(question.since_ms);
  out["filtrar_apenas_alteracao"] = "S";
  return out;
}

std::int64_t instant_of(const Record& stamp, std::string_view day_tag, std::string_view hour_tag) {
  const auto day = stamp.date(day_tag);
  if (!day) return 0;
  const auto hour = stamp.text(hour_tag);
  int hours = 0, minutes = 0, seconds = 0;
  if (std::sscanf(hour.c_str(), "%2d:%2d:%2d", &hours, &minutes, &seconds) != 3) hours = minutes = seconds = 0;
  return day->days() * 24 * hour_ms + behind_utc_ms + hours * hour_ms + minutes * minute_ms + seconds * 1'000;
}

// Of one record: into its place of the sheet.
void read_into(mirror::Sheet& out, const Record& record, mirror::Shelf shelf) {
  const auto note = [&out](std::int64_t changed_ms) {
    out.newest_change_ms = std::max(out.newest_change_ms, changed_ms);
  };
  if (shelf == mirror::Shelf::titles) {
    const auto details = record.part("detalhes");
    const auto direction = details.text("cNatureza") == "P" ? Direction::payable : Direction::receivable;
    note(instant_of(details, "dDtAlt", "cHrAlt"));
    return out.titles.push_back(title_from(record, direction, Date{}));
  }
  if (shelf == mirror::Shelf::orders) {
    note(instant_of(record.part("infoCadastro"), "dAlt", "hAlt"));
    return out.orders.push_back(order_from(record));
  }
  note(instant_of(record.part("info"), "dAlt", "hAlt"));
  auto partner = partner_from(record);
  out.partners.push_back(
      {std::move(partner.id), std::move(partner.name), std::move(partner.trade_name), std::move(partner.tax_id)});
}

Request aside(const std::stop_token& stop) {
  Request out;
  out.is_background = true;
  out.stop = stop;
  return out;
}

}  // namespace

mirror::Sheet OmieFeed::read(const mirror::Question& question, const std::stop_token& stop) {
  const auto& operation = operation_of(question.shelf);
  const auto asked = question_of(question);
  const auto page = client_.read_page_of(operation, asked, question.page, question.edition, aside(stop));
  mirror::Sheet out;
  out.pages = page.pages;
  out.total = page.total;
  out.read_at_ms = page.provenance.as_of_ms;
  for (const auto& row : page.rows) {
    read_record(operation, row, [&](const Record& record) {
      read_into(out, record, question.shelf);
      return true;
    });
  }
  return out;
}

std::int64_t OmieFeed::count(mirror::Shelf shelf, std::int64_t edition, const std::stop_token& stop) {
  return client_.count(operation_of(shelf), everything(shelf), edition, aside(stop));
}

}  // namespace tomada::erp::omie
