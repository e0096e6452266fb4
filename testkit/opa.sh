#!/usr/bin/env bash
# opa.sh: prints the path of an OPA of the pinned version; cold it takes two minutes or so. Answers 3 without a usable Go.
set -euo pipefail

exec "$(dirname "${BASH_SOURCE[0]}")/go-tool.sh" opa "${LINTEL_OPA_MODULE:-v1.22.2}" 25 \
  github.com/open-policy-agent/opa -ldflags '-s -w'
