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
# Clippy takes the compiler's place in the build that the tests need anyway: all is compiled once. `cargo clippy`, which
# makes nothing that runs, would compile it once more.
export CLIPPY_ARGS=-Dwarnings__CLIPPY_HACKERY__ # as cargo-clippy hands it on
LINTED=(--config 'build.rustc-workspace-wrapper="clippy-driver"')
step "build and clippy (first time: about 20 minutes)"
cargo "${LINTED[@]}" test --workspace --all-targets --no-run
# Most tests wait for what they have started: a processor has work for several.
export RUST_TEST_THREADS=$((3 * $(nproc)))
step "Rust tests: framework, protocol, resources, and programs under the real engine"
cargo "${LINTED[@]}" test --workspace --no-fail-fast
step "tests of AWS on loopback"
(cd tests/loopback && "$VENV/bin/python" -m pytest)
