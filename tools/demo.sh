#!/usr/bin/env bash
# `make demo`: examples/vpc-typescript deployed by the real Pulumi engine, to an AWS on loopback that keeps running.
#   demo.sh up        builds what is missing, deploys, says how to look around
#   demo.sh destroy   removes it all and stops AWS on loopback
# All that it makes lies in target/demo: the program's copy, the state, the account's endpoint, a file to source.
source "$(dirname "$0")/common.sh"

DEMO=$ROOT/target/demo
EXAMPLE=${EXAMPLE:-examples/vpc-typescript}
STEPS=7

up() {
    [ -d "$EXAMPLE" ] || die "there is no $EXAMPLE"
    step "the Pulumi engine"
    tools/engine.sh
    step "Python packages"
    tools/venv.sh
    step "the SDK for TypeScript"
    tools/sdk.sh build nodejs
    step "the provider (first build: about 10 minutes)"
    cargo build --quiet --bin pulumi-resource-tenantstack
    step "AWS on loopback"
    start_aws
    environment >"$DEMO/env" && source "$DEMO/env"
    step "installing the plugin"
    tools/plugin.sh
    step "pulumi up of $EXAMPLE"
    copy_program
    cd "$DEMO/program"
    pulumi stack select --create dev
    pulumi up --yes --non-interactive
    pulumi stack output
    farewell
}

destroy() {
    [ -f "$DEMO/env" ] || die "there is no demo to destroy; \`make demo\` makes one"
    if aws_answers; then
        source "$DEMO/env"
        (cd "$DEMO/program" && pulumi destroy --yes --non-interactive --stack dev)
        kill "$(cat "$DEMO/pid")"
    else
        say "AWS on loopback has ended, and the account with it"
    fi
    rm -rf "$DEMO"
}

# Leaves it running for the next time. An AWS that has ended took its account along, so the stack begins anew as well.
start_aws() {
    if aws_answers; then
        say "still runs at $(cat "$DEMO/endpoint")"
        return
    fi
    rm -rf "$DEMO"
    mkdir -p "$DEMO/state"
    mkfifo "$DEMO/ready"
    set -m # a process group of its own: Ctrl-C on make is not for it
    PYTHONPATH=tests/loopback nohup "$VENV/bin/python" -m loopback serve --log "$DEMO/aws.log" \
        >"$DEMO/ready" 2>>"$DEMO/aws.log" </dev/null &
    set +m
    echo $! >"$DEMO/pid"
    local line
    # The server prints one line, when it serves; if it fails, this reads the end of the pipe.
    read -r line <"$DEMO/ready" || die "AWS on loopback did not start: $(tail -5 "$DEMO/aws.log")"
    rm "$DEMO/ready"
    sed -E 's/.*"endpoint": *"([^"]*)".*/\1/' <<<"$line" >"$DEMO/endpoint"
    say "serves at $(cat "$DEMO/endpoint")"
}

aws_answers() {
    [ -f "$DEMO/pid" ] && [ -f "$DEMO/endpoint" ] && kill -0 "$(cat "$DEMO/pid")" 2>/dev/null &&
        (exec 3<>"/dev/tcp/127.0.0.1/$(sed 's/.*://' "$DEMO/endpoint")") 2>/dev/null
}

# A copy, because Pulumi writes the stack's settings beside the program.
copy_program() {
    mkdir -p "$DEMO/program"
    cp -R "$EXAMPLE/." "$DEMO/program/"
    rm -rf "$DEMO/program/node_modules"
    ln -s "$NODE/node_modules" "$DEMO/program/node_modules"
}

environment() {
    cat <<EOF
export PATH=$(printf %q "$VENV/bin:$BIN"):\$PATH
export PULUMI_HOME=$(printf %q "$ROOT/target/pulumi-home")
export PULUMI_BACKEND_URL=$(printf %q "file://$DEMO/state")
export PULUMI_CONFIG_PASSPHRASE=demo
export PULUMI_SKIP_UPDATE_CHECK=1 PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION=1
export AWS_ENDPOINT_URL=$(cat "$DEMO/endpoint") AWS_REGION=eu-west-1
export AWS_ACCESS_KEY_ID=demo AWS_SECRET_ACCESS_KEY=demo
EOF
}

farewell() {
    cat <<EOF

It is there. To look around:
    source target/demo/env && cd target/demo/program
    pulumi stack                  # what was made
    pulumi preview --diff         # edit index.ts first
    less ../aws.log               # the account behind it
To take it away, and stop AWS on loopback:
    make demo-destroy
EOF
}

"$@"
