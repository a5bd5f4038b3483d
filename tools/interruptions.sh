#!/usr/bin/env bash
# `make interruptions`: interrupts deployments at points all over them, and writes docs/interruptions-report.md.
#   PART=engine_destroy    only the parts with that in their names; the figures of all others stay as they were
# The parts run beside each other, as many as there are cores. Their figures are kept in target/interruptions.
source "$(dirname "$0")/common.sh"

STEPS=5
RESULTS=$ROOT/target/interruptions
engine_tests() { cargo test --quiet --test engine "$@"; }

step "the Pulumi engine"
tools/engine.sh
step "Python packages, for AWS on loopback"
tools/venv.sh
step "the provider and its tests (first build: about 10 minutes)"
engine_tests --no-run
step "interruptions: ${PART:-all parts} (about 40 minutes for all)"
# A part that finds something wrong fails, and the report says so all the same.
FAILED=0
engine_tests "campaign::part::${PART:-}" -- --ignored --nocapture || FAILED=1
step "the report"
engine_tests campaign::report -- --ignored --exact
cp "$RESULTS/report.md" docs/interruptions-report.md
sed -n '/^| |/,/^| \*\*all/p' docs/interruptions-report.md
say "docs/interruptions-report.md"
exit "$FAILED"
