#include "tools/amounts.hpp"

namespace tomada::erp::tools::compat {
namespace {

void write(std::string& out, const json::value& from);

void write_member(std::string& out, const json::key_value_pair& member) {
  sdk::write(out, json::value(member.key()));
  out += ':';
  const bool is_amount = member.key().starts_with("valor_") || member.key().starts_with("saldo_");
  const auto* text = is_amount ? member.value().if_string() : nullptr;
  if (text && Decimal::read({text->data(), text->size()})) {
    out.append(text->data(), text->size());
  } else {
    write(out, member.value());
  }
}

void write(std::string& out, const json::value& from) {
  const char* separator = "";
  if (const auto* object = from.if_object()) {
    out += '{';
    for (const auto& member : *object) {
      out += separator;
      write_member(out, member);
      separator = ",";
    }
    out += '}';
  } else if (const auto* array = from.if_array()) {
    out += '[';
    for (const auto& element : *array) {
      out += separator;
      write(out, element);
      separator = ",";
    }
    out += ']';
  } else {
    sdk::write(out, from);
  }
}

}  // namespace

std::string write_with_amounts(const json::value& facts) {
  std::string out;
  write(out, facts);
  return out;
}

}  // namespace tomada::erp::tools::compat
