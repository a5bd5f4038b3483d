#!/usr/bin/env bash
# The Python environment of AWS on loopback, of the Python programs and of the tests: target/tools/venv.
source "$(dirname "$0")/common.sh"

if ! fresh venv tools/python || [ ! -x "$VENV/bin/python" ]; then
    say "installing Python packages (about 1 minute, once)"
    begin venv sdk-python
    rm -rf "$VENV"
    "$(type -P python3.11 || type -P python3)" -m venv "$VENV"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check -r tools/python/requirements.txt
    stamp venv tools/python
fi
