#include "core/base/principal.hpp"

#include "core/base/text.hpp"

namespace tomada {

std::string owner_of(const Principal& principal) { return text::framed({principal.tenant, principal.subject}); }

}  // namespace tomada
