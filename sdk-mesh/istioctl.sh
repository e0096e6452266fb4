#!/usr/bin/env bash
# istioctl.sh: prints the path of an istioctl of the pinned version, building it first where it is missing.
#
# It is built from its Go module as a tool dependency, because `go install module@version` does not resolve Istio's
# replace directives. Cold: about 1 GB of modules and several minutes; afterwards an instant. The binary lies outside
# the source tree, in a folder named after the version, so that a clean build never loses it.
# Answers 3, with the reason on standard error, where there is no usable Go.
set -euo pipefail

VERSION=${LINTEL_ISTIO_MODULE:-v0.0.0-20260827124520-eed52ebb66ad} # the release-1.31 branch
LABEL=1.31.0
GO_MINOR=26

say() { printf 'istioctl: %s\n' "$*" >&2; }

FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/lintel/istioctl-$VERSION
if [ -x "$FOLDER/istioctl" ]; then
  printf '%s\n' "$FOLDER/istioctl"
  exit 0
fi

if ! command -v go > /dev/null; then
  say "skipped: there is no 'go' on the PATH (Go 1.$GO_MINOR or newer builds it)"
  exit 3
fi
FOUND=$(go env GOVERSION)
MINOR=$(printf '%s' "$FOUND" | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
if [ "${MINOR:-0}" -lt "$GO_MINOR" ]; then
  say "skipped: Go 1.$GO_MINOR or newer is needed, this is $FOUND"
  exit 3
fi

export GOTOOLCHAIN=local GOTELEMETRY=off CGO_ENABLED=0 GOFLAGS='-trimpath -mod=mod'
mkdir -p "$FOLDER/module"
exec 9> "$FOLDER/lock"
flock 9 # a second caller waits for the first one's build
if [ ! -x "$FOLDER/istioctl" ]; then
  cd "$FOLDER/module"
  if [ ! -f go.sum ]; then
    say "resolving istio.io/istio@$VERSION"
    rm -f go.mod
    go mod init lintel-istioctl > /dev/null 2>&1
    go get -tool "istio.io/istio/istioctl/cmd/istioctl@$VERSION" > get.log 2>&1 || {
      tail -n 20 get.log >&2
      rm -f go.mod go.sum
      exit 1
    }
  fi
  say "building (several minutes the first time)"
  INFO=istio.io/istio/pkg/version
  nice -n 19 go build -tags vtprotobuf,disable_pgv -o "$FOLDER/istioctl.new" \
    -ldflags "-s -w -X $INFO.buildVersion=$LABEL -X $INFO.buildTag=$LABEL -X $INFO.buildStatus=Clean" \
    istio.io/istio/istioctl/cmd/istioctl
  mv "$FOLDER/istioctl.new" "$FOLDER/istioctl"
  say "built $FOLDER/istioctl"
fi
printf '%s\n' "$FOLDER/istioctl"
