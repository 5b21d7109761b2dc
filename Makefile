# Errand. A person needs `make run`; a contributor needs `make test` and `make check` besides.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run build test check bindings bench pictures tools-build tools-test

TARGET := $(or $(CARGO_TARGET_DIR),target)
# The window with its UI inside, rather than served by a development server.
WINDOW := --features errand-desktop/custom-protocol
UI_SOURCES := $(shell find ui/src ui/build ui/index.html ui/vite.config.ts ui/tsconfig.json -type f 2>/dev/null)
BINDINGS := ui/src/ipc/generated/commands.ts

help:
	@echo "make run       build Errand and open it on the example workspace"
	@echo "make test      run every test; needs no display and no keychain"
	@echo "make check     formatting, lints, types, documentation, generated files"
	@echo "make bindings  write the TypeScript of the commands anew from crates/app"
	@echo "make pictures  take the pictures in docs/ anew"
	@echo "make bench     measure, beside other tools where there are any"

run: build
	@$(TARGET)/release/errand-desktop --example

# Cargo knows best what has changed, so it is always asked; it answers in a second when nothing has.
build: ui/dist/index.html | tools-build
	@cargo build --locked --release -p errand-desktop -p errand-cli $(WINDOW)

# All in one call of cargo: one set of features, nothing compiled twice.
test: ui/dist/index.html | tools-test
	@cargo build --locked --workspace --bins --tests --examples $(WINDOW)
	@.ci/run-tests --workspace $(WINDOW)

check: ui/dist/index.html | tools-build
	@cargo fmt --all --check
	@cd ui && npm run --silent check
	@cargo clippy --locked --workspace --all-targets $(WINDOW) -- -D warnings
	@RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps $(WINDOW)
	@cargo build --locked --workspace --example bindings $(WINDOW)
	@$(TARGET)/debug/examples/bindings $(TARGET)/commands.ts
	@diff -u $(BINDINGS) $(TARGET)/commands.ts \
		|| { echo "$(BINDINGS) is not what crates/app says: run make bindings"; exit 1; }
	@cargo test --locked -q -p errand-tests --test arrows --test licences
	@echo "All checks passed"

bindings:
	@cargo run --locked -q -p errand-app --example bindings -- $(BINDINGS)

bench: build | tools-test
	@cargo build --locked --release -p errand-tests --bin errand-bench
	@cargo build --locked --release -p errand-history --example million
	@cargo build --locked --release -p errand-workspace --example ten_thousand
	@$(TARGET)/release/errand-bench $(BENCH)

# From the running app; a plain test run takes them too, but leaves docs/ alone.
pictures: ui/dist/index.html | tools-test
	@cargo build --locked -p errand-desktop -p errand-cli $(WINDOW)
	@ERRAND_PICTURES=1 cargo test --locked -q -p errand-tests --test first_send

tools-build:
	@.ci/system-packages build

tools-test:
	@.ci/system-packages test
	@.ci/counterparts

# npm writes this file last. Not `npm ci`: it fails on a lock that was made where the registry offers no builds of the
# tools for other systems. This takes the same versions from the lock, and leaves it as it is.
ui/node_modules/.package-lock.json: ui/package-lock.json | tools-build
	@echo "Fetching what the UI is built with"
	@cd ui && npm install --no-save --loglevel=error --no-audit --no-fund
	@touch $@

ui/dist/index.html: $(UI_SOURCES) ui/package.json ui/node_modules/.package-lock.json
	@echo "Building the UI"
	@cd ui && npm run --silent build
	@touch $@
