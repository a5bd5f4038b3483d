#!/usr/bin/env bash
# `make bench`: prints the provider's figures. Nothing here passes or fails by a figure.
#
# The first run builds the provider as it is released: about 15 minutes and 7 GB of memory for aws-sdk-ec2 alone.
source "$(dirname "$0")/common.sh"

STEPS=4
step "Python packages, for AWS on loopback"
tools/venv.sh
step "the Pulumi engine"
tools/engine.sh
step "release build"
nice cargo bench --bench figures --no-run
step "figures"
cargo bench --quiet --bench figures
