#!/usr/bin/env bash
# istioctl.sh: prints the path of an istioctl of the pinned version; cold it takes about 1 GB of modules and several minutes.
# Answers 3 without a usable Go.
set -euo pipefail

LABEL=1.31.0
INFO=istio.io/istio/pkg/version
exec "$(dirname "${BASH_SOURCE[0]}")/../testkit/go-tool.sh" istioctl \
  "${LINTEL_ISTIO_MODULE:-v0.0.0-20260827124520-eed52ebb66ad}" `# the release-1.31 branch` 26 \
  istio.io/istio/istioctl/cmd/istioctl -tags vtprotobuf,disable_pgv \
  -ldflags "-s -w -X $INFO.buildVersion=$LABEL -X $INFO.buildTag=$LABEL -X $INFO.buildStatus=Clean"
