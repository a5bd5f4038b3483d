# Sourced by the scripts beside it: where things are, and how to say and remember what was done.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
TOOLS=$ROOT/target/tools
BIN=$TOOLS/bin
VENV=$TOOLS/venv
NODE=$TOOLS/node
PLUGIN=$ROOT/target/debug/pulumi-resource-tenantstack
VERSION=0.1.0
mkdir -p "$TOOLS/stamps"
cd "$ROOT"

say() { echo "      $*"; }
die() { echo "error: $*" >&2; exit 1; }

# Prints "[2/7, minute 5] what" for long jobs; the script sets STEPS first.
STEP=0
step() { STEP=$((STEP + 1)); echo "[$STEP/$STEPS, minute $((SECONDS / 60))] $*"; }

# fresh NAME PATH...: true when nothing under these paths changed since `stamp NAME PATH...`.
# By content, not by time: a git checkout touches files that it doesn't change.
fresh() { [ "$(cat "$TOOLS/stamps/$1" 2>/dev/null)" = "$(fingerprint "${@:2}")" ]; }
stamp() { fingerprint "${@:2}" >"$TOOLS/stamps/$1"; }
# begin NAME...: takes the stamps away before the work begins, so that what is interrupted doesn't count as done.
begin() { rm -f "${@/#/$TOOLS/stamps/}"; }
fingerprint() { find "$@" -type f -not -path '*/__pycache__/*' | LC_ALL=C sort | xargs cksum | cksum; }
