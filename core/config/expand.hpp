#pragma once
// Expansion of ${NAME}, ${NAME:-default} and ${file:PATH} inside strings; $${ stands for ${ itself.
#include "core/config/document.hpp"

#include <set>
#include <string>
#include <vector>

namespace tomada::config {

void expand(Document& document, std::vector<std::string>& secrets, std::set<std::string>& variables,
            std::vector<Error>& problems);
// Replaces in place. A variable that is not set, or a file that cannot be read, is a problem with its line. What came
// in (at least 6 characters) goes to secrets, the variable's name to variables, the text before it to document.written.
// PATH is relative to the document's folder; the line ends at the end of a file are dropped.

}  // namespace tomada::config
