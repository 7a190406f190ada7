#pragma once
// The serving commands: one client on a pipe, or many over HTTP, until the input ends or a signal comes.
#include "core/app/server.hpp"

namespace tomada::cli {

int serve_stdio(app::Server& server);
int serve_http(app::Server& server);

}  // namespace tomada::cli
