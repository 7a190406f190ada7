-- One tools/call of the modern era again and again. Environment: BENCH_TOOL, BENCH_ARGUMENTS; without a tool it GETs.
-- Prints "requests duration_us p50_us p99_us bytes failures".
local tool, arguments = os.getenv("BENCH_TOOL") or "", os.getenv("BENCH_ARGUMENTS") or "{}"
if tool ~= "" then
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Accept"] = "application/json, text/event-stream"
  wrk.headers["MCP-Protocol-Version"] = "2026-07-28"
  wrk.headers["Mcp-Method"] = "tools/call"
  wrk.headers["Mcp-Name"] = tool
  wrk.body = string.format('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":%s,' ..
    '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",' ..
    '"io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1.0.0"},' ..
    '"io.modelcontextprotocol/clientCapabilities":{}}}}', tool, arguments)
end

done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), summary.bytes, e.connect + e.read + e.write + e.status + e.timeout))
end
