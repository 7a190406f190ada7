// A plugin on the SDK whose functions throw what no author should.
#include "throwing_definitions.hpp"

#include <tomada/plugin.hpp>

#include <stdexcept>

using namespace tomada::sdk;

namespace {

class Throwing {
 public:
  explicit Throwing(Host) {}

  Answer fail(const json::object&, Call&) { throw 42; }
  [[nodiscard]] json::object health() const { throw 42; }
};

}  // namespace

TOMADA_PLUGIN(Throwing, "test.throwing", "1.0.0", tool("throw_42", definitions::throw_42, &Throwing::fail));
