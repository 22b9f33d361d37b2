# The daily doors, thin over meson.build. `make help` lists them.
# CI=1 makes warnings errors. BUILD=dir builds elsewhere. CC=clang chooses the compiler.

BUILD ?= build
JOBS ?= $(shell nproc)
PYTHON = /usr/bin/python3
MESON_FLAGS = $(if $(CI),-Dwerror=true)
SANITIZED = -Dbuildtype=debug -Doptimization=1 -Db_lundef=false

.PHONY: build help demo test test-unit test-api test-e2e test-time test-fault build-fault asan tsan fuzz bench gates \
	lint coverage format install clean

build: $(BUILD)/build.ninja ## compile (the default)
	@ninja -j $(JOBS) -C $(BUILD)

$(BUILD)/build.ninja:
	@meson setup $(MESON_FLAGS) $(BUILD)

help: ## this list
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: build ## show the main job end to end, as ./demo does
	@$(PYTHON) tools/demo/demo.py

test: ## every test there is: unit, API and end to end, on SQLite and on PostgreSQL
	@$(MAKE) -s test-unit
	@$(MAKE) -s test-api DB=sqlite
	@$(MAKE) -s test-api DB=postgres
	@$(MAKE) -s test-e2e DB=sqlite
	@$(MAKE) -s test-e2e DB=postgres
	@$(MAKE) -s test-time DB=sqlite
	@$(MAKE) -s test-time DB=postgres
	@$(MAKE) -s test-fault DB=

test-unit: $(BUILD)/build.ninja ## unit tests; T=push runs those whose name has "push"
	@tools/test-unit $(BUILD) "$(T)"

asan: ## unit and API tests under the address and undefined-behaviour sanitizers
	@test -e build-asan/build.ninja || \
		meson setup $(MESON_FLAGS) $(SANITIZED) -Db_sanitize=address,undefined build-asan
	@tools/test-unit build-asan "$(T)"
	@$(MAKE) -s test-api BUILD=build-asan T="$(T)"

tsan: ## unit tests under the thread sanitizer
	@test -e build-tsan/build.ninja || \
		meson setup $(MESON_FLAGS) $(SANITIZED) -Db_sanitize=thread build-tsan
	@TSAN_OPTIONS=suppressions=$(CURDIR)/tests/support/tsan.supp tools/test-unit build-tsan "$(T)"

fuzz: ## fuzz each parser for SECONDS (60); T=push fuzzes that one
	@tools/fuzz "$(T)" "$(or $(SECONDS),60)"

bench: build ## measure beside peers and print one table; T=git runs that part
	@ninja -C $(BUILD) bench/bare_httpd >/dev/null
	@SLIPWAY=$(abspath $(BUILD))/slipway BARE_HTTPD=$(abspath $(BUILD))/bench/bare_httpd bench/run $(T)

gates: build ## figures with a ceiling (docs/specification.md): size, idle memory, instructions
	@SLIPWAY=$(abspath $(BUILD))/slipway $(PYTHON) bench/gates.py

PYTEST = SLIPWAY=$(abspath $(BUILD))/slipway $(PYTHON) -m pytest -q -n $(or $(J),auto) \
	$(if $(DB),--db=$(DB)) $(if $(T),-k "$(T)")

test-api: build ## API tests with boto3; T='codebuild and start' selects as pytest -k, DB=postgres
	@$(PYTEST) tests/api

test-e2e: build ## end-to-end tests with the real clients; T and DB as above
	@$(PYTEST) $(if $(filter postgres,$(DB)),-m "not once") tests/e2e

test-time: BUILD = build-fault
test-time: build-fault ## what a server does as days go by: its clock is moved; T and DB as above
	@$(PYTEST) tests/time

build-fault: # what tests break, kill at a chosen moment, or move the clock of
	@test -e build-fault/build.ninja || meson setup $(MESON_FLAGS) -Dfaults=true build-fault >/dev/null
	@ninja --quiet -j $(JOBS) -C build-fault slipway

test-fault: build build-fault ## fault tests; KILLS=60 processes are killed, SEED=n repeats a run; T and DB as above
	@SLIPWAY=$(abspath $(BUILD))/slipway $(PYTHON) -m pytest -q -n $(or $(J),3) --dist=loadgroup \
		$(if $(KILLS),--kills=$(KILLS)) $(if $(DB),--db=$(DB)) $(if $(SEED),--seed=$(SEED)) \
		$(if $(T),-k "$(T)") tests/fault

lint: ## format, banned words, include layers, lengths, READMEs, coverage.md up to date
	@tools/lint
	@$(PYTHON) tools/apigen/coverage.py --check

coverage: ## write docs/coverage.md from the API descriptions and the tests
	@$(PYTHON) tools/apigen/coverage.py

format: ## clang-format every C file in place
	@git ls-files -co --exclude-standard '*.c' '*.h' | xargs -r clang-format -i

install: build ## install to DESTDIR and the prefix
	@meson install -C $(BUILD) --no-rebuild

clean: ## remove all builds
	@rm -rf build build-asan build-tsan build-fuzz build-fault
