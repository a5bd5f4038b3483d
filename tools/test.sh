#!/usr/bin/env bash
# `make test`: everything, on a machine with Rust, Go, Node and Python. The first run takes about an hour of two cores,
# most of it building.
source "$(dirname "$0")/common.sh"

STEPS=9
step "formatting"
tools/format.sh --check
step "the Pulumi engine"
tools/engine.sh
step "Python packages"
tools/venv.sh
step "SDKs: are they what schema.json gives?"
tools/sdk.sh check
step "reference pages: are they what schema.json gives?"
"$VENV/bin/python" tools/docs.py --check
step "SDKs: do they compile?"
tools/sdk.sh build
step "clippy (first build: about 10 minutes)"
cargo clippy --workspace --all-targets -- -D warnings
step "Rust tests: framework, protocol, resources, and programs under the real engine"
cargo test --workspace --no-fail-fast
step "tests of AWS on loopback"
(cd tests/loopback && "$VENV/bin/python" -m pytest)
