#!/usr/bin/env bash
# gator.sh: prints the path of Gatekeeper's gator of the pinned version; cold it takes six minutes or so. Answers 3 without a
# usable Go.
set -euo pipefail

exec "$(dirname "${BASH_SOURCE[0]}")/go-tool.sh" gator "${LINTEL_GATEKEEPER_MODULE:-v3.23.1}" 26 \
  github.com/open-policy-agent/gatekeeper/v3/cmd/gator -ldflags '-s -w'
