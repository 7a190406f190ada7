#include "core/services/services.hpp"

#include "core/services/offer.hpp"

#include <memory>

namespace tomada::services {

plugin::ServicesFactory factory(const Reach& reach) {
  return [reach](const plugin::InstanceRequest& request, const plugin::Manifest& manifest) {
    return std::unique_ptr<plugin::Services>{std::make_unique<Offer>(reach, request, manifest)};
  };
}

}  // namespace tomada::services
