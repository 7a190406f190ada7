// Converts an amount with the rate that an upstream gives.
#include "rates_definitions.hpp"

#include <tomada/decimal.hpp>
#include <tomada/plugin.hpp>

using namespace tomada::sdk;

class Rates {
 public:
  explicit Rates(Host host) : host_{host} {}

  Answer convert(const json::object& arguments, Call& call) {
    HttpRequest request;
    request.upstream = "bank";
    request.path = "/rates/EUR";
    const auto response = host_.fetch(call, request);
    if (response.status != 200) throw ToolError{"the bank gives no rate now (" + response.body + "); try again later"};
    const auto rate = Decimal::parse(read_exact(response.body).at("rate").as_string().c_str());
    const auto amount = Decimal::parse(arguments.at("amount").as_string().c_str());
    return json::object{{"amount", (amount * rate).rounded(2).text()}, {"currency", "EUR"}};
  }

 private:
  Host host_;
};

TOMADA_PLUGIN(Rates, "example.rates", "1.0.0",
              tool("rates_convert", definitions::rates_convert, &Rates::convert,
                   TOMADA_TOOL_READ_ONLY | TOMADA_TOOL_OPEN_WORLD));
