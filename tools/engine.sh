#!/usr/bin/env bash
# Puts the Pulumi CLI and its language hosts into target/tools/bin, for tests and the demo.
#
# A `pulumi` on PATH is used as it is, with the language hosts beside it. Otherwise both are built from the Go modules
# that tools/go-cli and tools/go-hosts pin: two modules, because the hosts' later versions were never published.
# OWN_ENGINE=1 builds them in any case.
source "$(dirname "$0")/common.sh"

main() {
    local installed
    if [ -z "${OWN_ENGINE:-}" ] && installed=$(type -P pulumi) && [ "$(dirname "$installed")" != "$BIN" ]; then
        use "$(readlink -f "$installed")"
    else
        build
    fi
}

use() {
    mkdir -p "$BIN"
    begin cli hosts # so that they are built again once that pulumi is gone
    say "using $("$1" version) from PATH (OWN_ENGINE=1 builds the pinned one)"
    ln -sf "$(dirname "$1")"/pulumi "$(dirname "$1")"/pulumi-language-* "$BIN"
}

build() {
    if ! fresh cli tools/go-cli || [ ! -x "$BIN/pulumi" ]; then
        say "building the Pulumi CLI and its YAML host (about 8 minutes and 2 GB of Go modules, once)"
        begin cli
        compile tools/go-cli github.com/pulumi/pulumi/pkg/v3
        stamp cli tools/go-cli
    fi
    if ! fresh hosts tools/go-hosts || [ ! -x "$BIN/pulumi-language-python-exec" ]; then
        say "building the TypeScript, Python and Go hosts (about 1 minute, once)"
        begin hosts
        compile tools/go-hosts github.com/pulumi/pulumi/sdk/v3
        # The Python host starts this script, which has to lie beside it.
        install -m 755 "$(in_module tools/go-hosts go list -m -f '{{.Dir}}' github.com/pulumi/pulumi/sdk/v3)/python/cmd/pulumi-language-python-exec" "$BIN"
        stamp hosts tools/go-hosts
    fi
}

# compile FOLDER MODULE: builds the tools that FOLDER/go.mod lists; they report the version of MODULE as theirs.
compile() {
    local version total
    rm -rf "$TOOLS/build"
    say "  fetching modules"
    # `go list` and not `go mod download`: it fetches only what these programs are compiled from.
    total=$(in_module "$1" go list -deps tool 2>"$TOOLS/go.log" | wc -l) || die "$(tail -20 "$TOOLS/go.log")"
    version=$(in_module "$1" go list -m -f '{{.Version}}' "$2")
    # Into a folder of its own first: a symlink in the bin folder (an earlier `use`) must not be written through.
    in_module "$1" go build -v -buildvcs=false -tags osusergo,grpcnotrace -o "$TOOLS/build/" \
        -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$version" tool 2>&1 | progress "$total"
    mkdir -p "$BIN"
    mv -f "$TOOLS/build/"* "$BIN"
}

# Counts the packages that `go build -v` names, and lets everything else (errors) through.
progress() {
    awk -v total="$1" '
        !/^[^ :#]+$/ { print; next }
        ++n % 150 == 0 { printf "        %d of at most %d packages compiled\n", n, total; fflush() }
    '
}

in_module() { (cd "$1" && "${@:2}"); }

main
