#!/usr/bin/env bash
# The SDKs in sdk/<language>, generated from schema.json:
#   sdk.sh generate           writes them
#   sdk.sh check              fails when the committed ones aren't what schema.json gives
#   sdk.sh build [LANGUAGE…]  compiles them (nodejs python go java; .NET is generated only), each if it changed
# Nothing is compiled inside sdk/: it holds generated sources and nothing else.
source "$(dirname "$0")/common.sh"

GENERATORS="core java dotnet" # tools/sdkgen/<name>: three Go modules, because they need three versions of Pulumi's
LANGUAGES="nodejs python go java dotnet"

generate() {
    write_to "$TOOLS/sdk"
    mkdir -p sdk
    for language in $LANGUAGES; do
        rm -rf "sdk/$language"
        mv "$TOOLS/sdk/$language" sdk/
    done
    say "wrote sdk/{${LANGUAGES// /,}}"
}

check() {
    local different
    write_to "$TOOLS/sdk"
    if ! different=$(diff -rq --exclude=__pycache__ "$TOOLS/sdk" sdk); then
        die "the SDKs are not what schema.json gives; run \`make sdk\` and commit the result:
$(sed -e "s|$TOOLS/sdk|new|g" -e 's/^/  /' <<<"$different")"
    fi
    say "sdk/ is up to date"
}

# write_to FOLDER: generates all languages into it.
write_to() {
    [ -f schema.json ] || die "there is no schema.json; \`make schema\` writes it"
    build_generators
    rm -rf "$1"
    for generator in $GENERATORS; do
        "$TOOLS/sdkgen/$generator" schema.json "$1"
    done
    finish_go_module "$1/go"
}

build_generators() {
    for generator in $GENERATORS; do
        local sources="tools/sdkgen/$generator tools/sdkgen/tree"
        if ! fresh "sdkgen-$generator" $sources || [ ! -x "$TOOLS/sdkgen/$generator" ]; then
            say "building the SDK generator '$generator' (about 1 minute, once)"
            begin "sdkgen-$generator"
            (cd "tools/sdkgen/$generator" && go build -buildvcs=false -o "$TOOLS/sdkgen/$generator" .)
            stamp "sdkgen-$generator" $sources
        fi
    done
}

# The generator's go.mod names an older SDK than the engine has, and there is no go.sum without which nothing compiles.
finish_go_module() {
    local sdk=github.com/pulumi/pulumi/sdk/v3 version
    version=$(cd tools/go-cli && go list -m -f '{{.Version}}' $sdk)
    (cd "$1" && go mod edit -require="$sdk@$version" && go mod tidy 2>"$TOOLS/tidy.log") || die "$(cat "$TOOLS/tidy.log")"
}

build() {
    for language in "${@:-nodejs python go java}"; do
        for language in $language; do "build_$language"; done
    done
}

# changed LANGUAGE PATH...: says so and returns true when that SDK has to be compiled.
changed() {
    [ -d "sdk/$1" ] || die "there is no sdk/$1; \`make sdk\` writes it"
    ! fresh "sdk-$1" "sdk/$1" "${@:2}" && begin "sdk-$1" && say "compiling sdk/$1"
}

# Copies an SDK to where it is compiled.
copy() { rm -rf "$2" && mkdir -p "$(dirname "$2")" && cp -R "sdk/$1" "$2"; }

# Into target/tools/node/node_modules, beside all else that a TypeScript program needs. A program finds it there through
# a symbolic link named node_modules: the SDK and the program then share one @pulumi/pulumi.
build_nodejs() {
    if ! fresh node tools/node || [ ! -x "$NODE/node_modules/.bin/tsc" ]; then
        say "installing npm packages (about 30 seconds, once)"
        begin node sdk-nodejs
        mkdir -p "$NODE" && cp tools/node/package*.json "$NODE"
        (cd "$NODE" && npm ci --no-audit --no-fund --loglevel=error)
        stamp node tools/node
    fi
    if changed nodejs; then
        copy nodejs "$NODE/sdk"
        (cd "$NODE" && node_modules/.bin/tsc --project sdk)
        rm -rf "$NODE/node_modules/@tenantstack"
        mkdir -p "$NODE/node_modules/@tenantstack"
        cp "$NODE/sdk/package.json" "$NODE/sdk/bin"
        mv "$NODE/sdk/bin" "$NODE/node_modules/@tenantstack/pulumi"
        stamp sdk-nodejs sdk/nodejs
    fi
}

build_python() {
    tools/venv.sh
    if changed python; then
        copy python "$TOOLS/python-sdk"
        # --no-build-isolation: otherwise pip fetches setuptools anew, unpinned, for every build.
        "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check setuptools==80.9.0 parver==1.0.1.post0
        "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-build-isolation --force-reinstall --no-deps "$TOOLS/python-sdk"
        "$VENV/bin/python" -m pip check --quiet >/dev/null || "$VENV/bin/python" -m pip check
        "$VENV/bin/python" -m compileall -q "$TOOLS/python-sdk"
        (cd "$TOOLS" && "$VENV/bin/python" -c 'import pulumi_tenantstack')
        stamp sdk-python sdk/python
    fi
}

build_go() {
    if changed go; then
        (cd sdk/go && go build ./... && go vet ./...)
        stamp sdk-go sdk/go
    fi
}

build_java() {
    if ! type -P mvn >/dev/null; then
        say "no Maven on this machine: sdk/java is not compiled"
    elif changed java; then
        copy java "$TOOLS/java-sdk"
        mvn --quiet --batch-mode --no-transfer-progress --file "$TOOLS/java-sdk/pom.xml" compile >"$TOOLS/maven.log" 2>&1 ||
            die "$(head -20 "$TOOLS/maven.log")"
        stamp sdk-java sdk/java
    fi
}

"$@"
