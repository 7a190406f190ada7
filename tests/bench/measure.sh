# shellcheck shell=bash disable=SC2034,SC2154  # names shared with run.sh
# Parts of run.sh: servers that are started and stopped, one measurement each over HTTP, stdio and callgrind, table rows.
server_core=0
load_core=$(($(nproc) > 1 ? 1 : 0))
work=$(mktemp -d)
mkdir -p "$work/www" "$work/results" "$work/state"
servers=()
sdk_url=

stop_servers() {
  local pid
  for pid in "${servers[@]}"; do
    kill "$pid" 2>/dev/null || continue
    wait "$pid" 2>/dev/null || true
  done
  servers=()
}
trap 'stop_servers; rm -rf "$work"' EXIT

fail() {
  echo "bench: $*" >&2
  exit 1
}
progress() { if [ -t 2 ]; then printf '\r\033[K%s' "$*" >&2; fi; }

# serve NAME COMMAND…: in the background on the server's core; its output is $work/NAME.out, its process $started.
serve() {
  local name=$1
  shift
  taskset -c $server_core "$@" >"$work/$name.out" 2>"$work/$name.err" &
  started=$!
  servers+=("$started")
}

# printed NAME PATTERN: the first match in what a server printed, waited for at most 20 s.
printed() {
  local attempt
  for attempt in $(seq 200); do
    grep -oE "$2" "$work/$1.out" && return 0
    sleep 0.1
  done | head -1 | grep . || { cat "$work/$1.err" >&2; fail "$1 did not start"; }
}

free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

start_tomada() {
  serve tomada "$program" http --listen 127.0.0.1:0 --state "$work/state" --log-level error
  tomada_pid=$started
  tomada_url=$(printed tomada 'http://[0-9.]+:[0-9]+/mcp')
}

start_floor() {
  serve floor "$build/bin/bench_http_floor" 0 "$1"
  floor_pid=$started
  floor_url=http://127.0.0.1:$(printed floor '^[0-9]+$')/mcp
}

start_nginx() {
  local port temporary
  port=$(free_port)
  {
    echo "daemon off; worker_processes 1; pid $work/nginx.pid; error_log $work/nginx.log;"
    [ "$(id -u)" -ne 0 ] || echo "user root;"
    echo "events { worker_connections 1024; }"
    echo "http { access_log off; default_type application/json; sendfile on; tcp_nopush on; open_file_cache max=100;"
    echo "keepalive_requests 1000000000; keepalive_timeout 75;"
    for temporary in client_body proxy fastcgi uwsgi scgi; do echo "${temporary}_temp_path $work/nginx-$temporary;"; done
    echo "server { listen 127.0.0.1:$port; root $work/www; } }"
  } >"$work/nginx.conf"
  serve nginx nginx -p "$work" -c "$work/nginx.conf"
  nginx_pid=$started
  nginx_url=http://127.0.0.1:$port
  local attempt
  for attempt in $(seq 100); do
    curl -fs "$nginx_url/trivial" | cmp -s - "$work/www/trivial" && return 0
    sleep 0.1
  done
  cat "$work/nginx.err" "$work/nginx.log" >&2
  fail "nginx did not start"
}

# The SDK lives under build/, so that the source tree stays clean; without a registry its rows are left out.
install_sdk() {
  sdk_folder=$root/build/bench
  mkdir -p "$sdk_folder"
  cp "$here"/*.mjs "$here/package.json" "$here/.npmrc" "$sdk_folder"
  if ! cmp -s "$here/package-lock.json" "$sdk_folder/package-lock.json" || [ ! -d "$sdk_folder/node_modules" ]; then
    cp "$here/package-lock.json" "$sdk_folder"
    (cd "$sdk_folder" && npm ci --no-progress --loglevel=error >"$work/npm.log" 2>&1) || {
      tail -5 "$work/npm.log" >&2
      rm -rf "$sdk_folder/node_modules"
    }
  fi
}
sdk_node() {
  local own=$root/build/bench/node_modules/.bin/node
  if [ -x "$own" ]; then readlink -f "$own"; else command -v node; fi
}
sdk_version() { sed -n 's/.*"version": "\(.*\)".*/\1/p' "$sdk_folder/node_modules/@modelcontextprotocol/server/package.json"; }
start_sdk() {
  [ -d "$sdk_folder/node_modules" ] || return 0
  serve sdk "$node" "$sdk_folder/sdk_server.mjs"
  sdk_pid=$started
  sdk_url=http://127.0.0.1:$(printed sdk '^[0-9]+$')/mcp
}

# check URL TOOL ARGUMENTS [FILE]: the answer is right; its body goes to FILE.
check() { "$node" "$root/build/bench/check.mjs" "$@" || fail "$2 at $1 gave a wrong answer"; }

# The microseconds of CPU that a process and its children have used.
cpu_microseconds() {
  local pid
  for pid in "$1" $(pgrep -P "$1"); do sed 's/.*) //' "/proc/$pid/stat"; done |
    awk -v tick="$(getconf CLK_TCK)" '{ sum += $12 + $13 } END { printf "%.0f", sum * 1e6 / tick }'
}

# load NAME PID URL [TOOL ARGUMENTS]: one line "requests/s cpu_us p50_us p99_us" more in the results of NAME.
load() {
  local name=$1 pid=$2 url=$3 before after result requests duration p50 p99 bytes failures
  before=$(cpu_microseconds "$pid")
  result=$(BENCH_TOOL=${4:-} BENCH_ARGUMENTS=${5:-} taskset -c "$load_core" \
    wrk -t1 -c"$connections" -d"${seconds}s" --timeout 10s -s "$here/call.lua" "$url" | sed -n 's/^RESULT //p')
  after=$(cpu_microseconds "$pid")
  read -r requests duration p50 p99 bytes failures <<<"$result"
  [ "${failures:-1}" -eq 0 ] && [ "$requests" -gt 0 ] || fail "$name at $url: ${failures:-no} failures in ${requests:-0} requests"
  awk -v r="$requests" -v d="$duration" -v c=$((after - before)) -v p="$p50" -v q="$p99" \
    'BEGIN { printf "%.1f %.3f %d %d\n", r / d * 1e6, c / r, p, q }' >>"$work/results/$name"
}

# pipe NAME DEPTH TOOL ARGUMENTS COMMAND…: a server on stdio, called for some seconds.
pipe() {
  local name=$1 depth=$2 tool=$3 arguments=$4
  shift 4
  taskset -c "$load_core" "$build/bin/bench_stdio_load" --tool "$tool" --arguments "$arguments" --depth "$depth" \
    --seconds "$seconds" -- taskset -c $server_core "$@" >"$work/results/$name" 2>"$work/$name.err" ||
    { cat "$work/$name.err" >&2; fail "$name failed"; }
}

# instructions TOOL ARGUMENTS: of one call. The start costs the same in both runs and falls out.
instructions() {
  local few many
  few=$(counted "$1" "$2" "$calls")
  many=$(counted "$1" "$2" $((2 * calls)))
  echo $(((many - few) / calls))
}
counted() {
  printf '[plugin.system]\ninterval_ms = 60000\n' >"$work/quiet.toml" # sampling in the background would be counted too
  "$build/bin/bench_stdio_load" --tool "$1" --arguments "$2" --depth 8 --calls "$3" -- \
    valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$work/callgrind.log" \
    "$program" stdio --config "$work/quiet.toml" --state "$work/state" --log-level error >/dev/null 2>"$work/counted.err" ||
    { cat "$work/counted.err" "$work/callgrind.log" >&2; fail "$1 failed under callgrind"; }
  sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$work/callgrind.log" | grep . || fail "callgrind counted nothing"
}

median() { sort -g | awk '{ value[NR] = $1 } END { print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'; }
column() { awk -v at="$2" '{ print $at }' "$work/results/$1" | median; }
# The median over the rounds of NAME's column relative to nginx's in the same round.
ratio() { paste "$work/results/$1" "$work/results/$2" | awk -v at="$3" '{ print $at / $(at + 4) }' | median; }

http_heading() {
  printf '  %-44s %12s %10s %12s %10s %9s\n' "" "requests/s" "of nginx" "CPU us/call" "of nginx" "p99 us"
}
http_row() {
  printf '  %-44s %12.0f %9.0f%% %12.2f %9.2fx %9.0f\n' "$1" "$(column "$2" 1)" \
    "$(awk -v r="$(ratio "$2" "$3" 1)" 'BEGIN { print r * 100 }')" "$(column "$2" 2)" "$(ratio "$2" "$3" 2)" "$(column "$2" 4)"
}
stdio_heading() { printf '  %-44s %9s %12s %9s %9s %12s\n' "" "under way" "calls/s" "p50 us" "p99 us" "CPU us/call"; }
stdio_row() {
  local answered passed p50 p99 cpu
  read -r answered passed p50 p99 cpu <"$work/results/$3"
  printf '  %-44s %9s %12.0f %9.0f %9.0f %12.2f\n' "$1" "$2" "$(awk -v n="$answered" -v s="$passed" 'BEGIN { print n / s }')" \
    "$p50" "$p99" "$cpu"
}
