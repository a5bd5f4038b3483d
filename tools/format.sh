#!/usr/bin/env bash
# Formats every Rust file, or checks it with --check. `cargo fmt` doesn't see the files that the list of
# resources declares, since it doesn't look into macros.
source "$(dirname "$0")/common.sh"

git ls-files --cached --others --exclude-standard '*.rs' | xargs rustfmt --edition 2024 "$@"
