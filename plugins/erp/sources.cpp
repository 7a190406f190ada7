#include "sources.hpp"

#include "demo/demo_source.hpp"
#include "omie/omie_source.hpp"

#include <stdexcept>

namespace tomada::erp {

std::unique_ptr<Source> make_source(const Settings& settings, sdk::Host host) {
  if (settings.source == "demo") return std::make_unique<demo::DemoSource>(settings.demo_file);
  if (settings.source == "omie") return std::make_unique<omie::OmieSource>(settings, host);
  throw std::invalid_argument("source = \"" + settings.source +
                              "\" is no source of this plugin; use \"demo\" or \"omie\"");
}

}  // namespace tomada::erp
