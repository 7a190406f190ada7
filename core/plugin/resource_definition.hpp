#pragma once
// What a plugin says of one resource or resource template, checked and in the server's language.
#include "core/base/result.hpp"
#include "core/registry/resource.hpp"
#include "core/schema/schema.hpp"
#include <tomada/resources.h>

#include <string_view>

namespace tomada::plugin {

[[nodiscard]] Result<registry::ResourceDescription> read_resource_definition(const tomada_resource& resource,
                                                                             std::string_view prefix,
                                                                             std::string_view language,
                                                                             const schema::Schema& rules);
// plugin, version and account are left to the instance. Errors: tool; the message names the URI and the JSON pointer.

}  // namespace tomada::plugin
