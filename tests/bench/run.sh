#!/usr/bin/env bash
# run.sh: tools/call over HTTP and stdio beside nginx with a static body of the same size and the official TypeScript SDK,
# in one run on one machine: the server on one core, the load on another, rounds interleaved, medians and ratios printed.
# It judges nothing: it fails only when something does not work or an answer is wrong.
#   TOMADA_BUILD   the build to measure (default build/release)      BENCH_SECONDS  per measurement (default 4)
#   BENCH_ROUNDS   (default 5)                                       BENCH_CALLS    counted under callgrind (default 500)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=${here%/tests/bench}
build=${TOMADA_BUILD:-$root/build/release}
seconds=${BENCH_SECONDS:-4}
rounds=${BENCH_ROUNDS:-5}
calls=${BENCH_CALLS:-500}
connections=64
program=$build/bin/tomada
# shellcheck source=tests/bench/measure.sh
source "$here/measure.sh"

(cd "$root" && .ci/install-packages nginx-light wrk valgrind nodejs npm curl)
[ -x "$program" ] || fail "there is no $program; run make build"
cmake --build "$build" --target bench_programs >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; fail "the load programs do not build"; }

trivial=get_system_metrics trivial_arguments='{}'
cached=erp_receivables cached_arguments='{"status":"overdue","limit":5}'
echoed=echo echoed_arguments='{"text":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}'

install_sdk
node=$(sdk_node)
start_tomada
check "$tomada_url" $trivial "$trivial_arguments" "$work/www/trivial"
check "$tomada_url" $cached "$cached_arguments" "$work/www/cached"
start_nginx
start_floor "$work/www/trivial"
start_sdk
[ -z "$sdk_url" ] || check "$sdk_url" $echoed "$echoed_arguments" "$work/www/echoed"

for round in $(seq "$rounds"); do
  progress "HTTP, round $round of $rounds"
  load nginx-trivial "$nginx_pid" "$nginx_url/trivial"
  load floor "$floor_pid" "$floor_url" $trivial "$trivial_arguments"
  load trivial "$tomada_pid" "$tomada_url" $trivial "$trivial_arguments"
  load nginx-cached "$nginx_pid" "$nginx_url/cached"
  load cached "$tomada_pid" "$tomada_url" $cached "$cached_arguments"
  [ -z "$sdk_url" ] || load nginx-echoed "$nginx_pid" "$nginx_url/echoed"
  [ -z "$sdk_url" ] || load sdk "$sdk_pid" "$sdk_url" $echoed "$echoed_arguments"
done
check "$tomada_url" $trivial "$trivial_arguments"
check "$tomada_url" $cached "$cached_arguments"
stop_servers

for depth in 1 32; do
  progress "stdio, $depth under way"
  pipe "stdio-trivial-$depth" "$depth" $trivial "$trivial_arguments" "$program" stdio --state "$work/state" --log-level error
  pipe "stdio-cached-$depth" "$depth" $cached "$cached_arguments" "$program" stdio --state "$work/state" --log-level error
  [ -z "$sdk_url" ] || pipe "stdio-sdk-$depth" "$depth" $echoed "$echoed_arguments" "$node" "$sdk_folder/sdk_server.mjs" stdio
done

progress "instructions, $calls and $((2 * calls)) calls under callgrind"
trivial_instructions=$(instructions $trivial "$trivial_arguments")
cached_instructions=$(instructions $cached "$cached_arguments")
progress ""

size() { wc -c <"$work/www/$1"; }
printf 'HTTP, %s keep-alive connections, %s rounds of %s s, server on core %s, load on core %s (medians)\n' \
  $connections "$rounds" "$seconds" "$server_core" "$load_core"
http_heading
http_row "nginx, static $(size trivial) bytes" nginx-trivial nginx-trivial
http_row "transport alone, constant answer" floor nginx-trivial
http_row "$trivial" trivial nginx-trivial
http_row "nginx, static $(size cached) bytes" nginx-cached nginx-cached
http_row "$cached, from the cache" cached nginx-cached
if [ -n "$sdk_url" ]; then
  http_row "nginx, static $(size echoed) bytes" nginx-echoed nginx-echoed
  http_row "TypeScript SDK $(sdk_version), echo" sdk nginx-echoed
else
  echo "SKIPPED: the TypeScript SDK could not be installed from npm"
fi
printf '\nstdio, %s s each\n' "$seconds"
stdio_heading
for depth in 1 32; do
  stdio_row "$trivial" "$depth" "stdio-trivial-$depth"
  stdio_row "$cached, from the cache" "$depth" "stdio-cached-$depth"
  [ -z "$sdk_url" ] || stdio_row "TypeScript SDK $(sdk_version), echo" "$depth" "stdio-sdk-$depth"
done
printf '\nInstructions of one call over stdio (the difference of %s and %s calls under callgrind)\n' $((2 * calls)) "$calls"
printf '  %-44s %10s\n' "$trivial" "$trivial_instructions" "$cached, from the cache" "$cached_instructions"
printf '\nThe result cache alone\n'
"$build/tests/bench/bench_cache_hits" | sed 's/^/  /'
