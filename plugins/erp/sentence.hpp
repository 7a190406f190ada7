#pragma once
// Sentences of errors, put together from what others said.
#include <string>
#include <string_view>

namespace tomada::erp {

[[nodiscard]] std::string_view without_stop(std::string_view text);  // a sentence ends once, whatever it was made of
// The host's "upstream.NAME: what happened. (what to do)" as one sentence that begins with what happened.
[[nodiscard]] std::string host_sentence(std::string_view text);

}  // namespace tomada::erp
