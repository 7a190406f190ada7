# Every verb is complete on a fresh Debian 12 machine: it installs what is missing, builds, then does its work.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build
.PHONY: build program everything run test conformance proof bench asan tsan fuzz coverage format format-check lint lint-all install-dependencies clean

jobs ?= $(shell nproc)
listen ?= 127.0.0.1:8420
fuzz_seconds ?= 60
sources = $(shell git ls-files '*.cpp' '*.hpp' '*.h' '*.c')

# What each verb needs from Debian; .ci/install-packages leaves alone what is there.
build_packages := g++ cmake ninja-build ccache pkg-config libboost1.81-dev libboost-json1.81-dev libcpp-httplib-dev libssl-dev \
  libtomlplusplus-dev libsqlitecpp-dev libsqlite3-dev libcli11-dev libdeflate-dev libhiredis-dev libpq-dev catch2
test_packages := sqlite3 openssl nodejs npm prometheus clang-format clang-tidy gcovr git redis-server \
  tryton-server tryton-modules-sale tryton-modules-stock-supply python3-tz postgresql tzdata
fuzz_packages := clang libclang-rt-14-dev nodejs
bench_packages := nodejs npm nginx-light wrk valgrind curl

install = .ci/install-packages
configure = cmake --preset $(1) >build/$(1).configure.log || { cat build/$(1).configure.log; exit 1; }
ctest = ctest --output-on-failure --test-output-size-passed 1000000 --test-dir build/$(1)
objects = $$(ninja -C build/release -t targets all | sed -n 's|^\(lib/tomada/$(1)/[^:]*\.so\):.*|\1|p')

build: program ## the program, its plugins, the test plugins and the Omie simulator, all below build/release
	@cmake --build --preset release -j $(jobs) --target omie-simulator $(call objects,.*)

program: ## build/release/bin/tomada and its plugins alone
	@$(install) $(build_packages)
	@mkdir -p build && $(call configure,release)
	@cmake --build --preset release -j $(jobs) --target tomada $(call objects,plugins) $(call objects,modules)

run: program ## serves the demo company over HTTP, in the foreground
	@exec build/release/bin/tomada http --listen $(listen)

everything: program # tests too
	@cmake --build --preset release -j $(jobs)

install-dependencies: ## everything that any verb needs
	@$(install) $(build_packages) $(test_packages) $(bench_packages) $(fuzz_packages)

test: ## everything CI runs
	@$(install) $(build_packages) $(test_packages)
	@.ci/stage "release build" $(MAKE) --no-print-directory everything
	@.ci/stage "tests" $(call ctest,release) -j $(jobs) -LE proof
	@.ci/stage "format" $(MAKE) --no-print-directory format-check
	@.ci/stage "address and undefined behaviour sanitizers" $(MAKE) --no-print-directory asan
	@.ci/stage "thread sanitizer" $(MAKE) --no-print-directory tsan
	@.ci/stage "coverage" .ci/coverage
	@.ci/stage "lint" $(MAKE) --no-print-directory lint
	@.ci/summary

conformance: ## the official suite of both eras against one process, with the plugin that offers its fixtures
	@$(install) $(build_packages) nodejs npm
	@mkdir -p build && $(call configure,release)
	@cmake --build --preset release -j $(jobs) --target tomada plugin_conformance
	@tests/conformance/install && tests/conformance/run

proof: ## the long ones: kills, soak
	@$(install) $(build_packages) $(test_packages)
	@$(MAKE) --no-print-directory everything
	@$(call ctest,release) -L proof

asan tsan: ## unit and protocol tests under the sanitizers
	@$(install) $(build_packages) $(test_packages)
	@mkdir -p build && $(call configure,$@)
	@cmake --build --preset $@ -j $(jobs)
	@find build/$@ -name '*.gcda' -delete
	@ASAN_OPTIONS=detect_stack_use_after_return=1 TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1 \
	  $(call ctest,$@) -j $(jobs) -LE 'proof|e2e'

fuzz: ## fuzz_seconds (60) of libFuzzer for each of tests/fuzz: the JSON reader, JSON-RPC frames, JSON Schema
	@$(install) $(build_packages) $(fuzz_packages)
	@mkdir -p build && $(call configure,$@)
	@cmake --build --preset $@ -j $(jobs) --target json_fuzz message_fuzz schema_fuzz
	@tests/fuzz/run $(fuzz_seconds)

coverage: asan ## lines of core that the unit and protocol tests reach
	@.ci/coverage

bench: ## beside nginx and the official TypeScript SDK, as ratios
	@$(install) $(build_packages) $(bench_packages)
	@$(MAKE) --no-print-directory everything
	@tests/bench/run.sh

format:
	@$(install) clang-format
	@clang-format -i $(sources)

format-check:
	@$(install) clang-format
	@clang-format --dry-run --Werror $(sources)

lint: ## clang-tidy on what changed since the main branch (there: in its last commits), lint_files and lint_seconds at most
	@$(install) $(build_packages) $(test_packages)
	@mkdir -p build && $(call configure,dev)
	@.ci/lint

lint-all: ## clang-tidy on everything
	@lint_files=100000 lint_seconds=100000 lint_since=all $(MAKE) --no-print-directory lint

clean:
	@rm -rf build
