#pragma once
// The command line: words in, exit code out.

namespace tomada::cli {

int run(int count, char** words);
// 0 ok · 1 usage or unexpected · 2 configuration refused · 3 not authorised · 4 upstream unreachable · 5 the tool
// answered an error. A failure is one JSON line on stderr: {"error":{"code","message","where","hint"}}.

}  // namespace tomada::cli
