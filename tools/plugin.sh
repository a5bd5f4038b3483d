#!/usr/bin/env bash
# Installs the provider as a plugin into a private PULUMI_HOME, target/pulumi-home (or the one that is set).
source "$(dirname "$0")/common.sh"

export PULUMI_HOME=${PULUMI_HOME:-$ROOT/target/pulumi-home} PULUMI_SKIP_UPDATE_CHECK=1
[ -x "$PLUGIN" ] || die "there is no $PLUGIN; \`make build\` builds it"
mkdir -p "$PULUMI_HOME"
"$BIN/pulumi" plugin install resource tenantstack "$VERSION" --file "$PLUGIN" --reinstall
# The engine keeps schemas by version, and would not see that a plugin of the same version has another one.
rm -f "$PULUMI_HOME"/schemas/tenantstack-*.json
