#pragma once
// Omie's own rules: faults whatever the status, waits and blocks said in Portuguese, and its published limits.
#include "core/upstream/client.hpp"
#include "core/upstream/options.hpp"

namespace tomada::upstream {

void fill_in_omie_limits(UpstreamOptions& options);  // where the configuration leaves them open
[[nodiscard]] Judgement judge_omie(const Request& request, const Response& response);

struct OmieFault {
  std::string code;  // "SOAP-ENV:Client-5113"; may be empty
  std::string text;
};
[[nodiscard]] std::optional<OmieFault> omie_fault(const Response& response);

}  // namespace tomada::upstream
