# `make` lists the targets. Each says what it does, and does it only when something changed.

.DEFAULT_GOAL := help
.PHONY: help demo demo-destroy test interruptions bench build plugin schema docs generated sdk sdk-check sdk-build format lint deny tools venv

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

demo: ## deploy examples/vpc-typescript to AWS on loopback, with the real Pulumi engine
	@tools/demo.sh up

demo-destroy: ## take the demo away, and stop its AWS
	@tools/demo.sh destroy

test: ## run all tests (first time: about an hour, most of it building)
	@tools/test.sh

interruptions: ## kill and cancel deployments at points all over them, count what comes of it, write the report (40 minutes)
	@tools/interruptions.sh

bench: ## print the provider's figures: start, memory, calls, size (release build)
	@tools/bench.sh

build: ## build the provider, target/debug/pulumi-resource-tenantstack
	cargo build --bin pulumi-resource-tenantstack

plugin: build tools ## install it as a plugin into target/pulumi-home
	@tools/plugin.sh

schema: build ## write schema.json
	@target/debug/pulumi-resource-tenantstack --schema >target/schema.json
	@mv target/schema.json schema.json

docs: ## write the reference pages of docs/ from schema.json
	@python3 tools/docs.py

generated: schema docs sdk ## refresh all that follows from the Rust types: schema.json, docs/, sdk/

sdk: ## generate sdk/<language> from schema.json
	@tools/sdk.sh generate

sdk-check: ## fail when sdk/ is not what schema.json gives
	@tools/sdk.sh check

sdk-build: ## compile the SDKs for TypeScript, Python, Go and Java
	@tools/sdk.sh build

format: ## format all Rust files
	@tools/format.sh

lint: ## formatting, clippy, and licences if cargo-deny is installed
	@tools/format.sh --check
	cargo clippy --workspace --all-targets -- -D warnings
	@if cargo deny --version >/dev/null 2>&1; then $(MAKE) deny; else echo "no cargo-deny (cargo install cargo-deny): licences not checked"; fi

deny: ## licences and sources of the dependencies (needs cargo-deny)
	cargo deny check bans licenses sources

tools: ## the Pulumi CLI and its language hosts, in target/tools/bin
	@tools/engine.sh

venv: ## the Python environment, target/tools/venv
	@tools/venv.sh
