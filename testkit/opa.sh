#!/usr/bin/env bash
# opa.sh: prints the path of an OPA of the pinned version, building it first where it is missing.
#
# It is built from its Go module as a tool dependency. Cold: two minutes or so; afterwards an instant. The binary lies
# outside the source tree, in a folder named after the version, so that a clean build never loses it.
# Answers 3, with the reason on standard error, where there is no usable Go.
set -euo pipefail

VERSION=${LINTEL_OPA_MODULE:-v1.22.2}
GO_MINOR=25

say() { printf 'opa: %s\n' "$*" >&2; }

FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/lintel/opa-$VERSION
if [ -x "$FOLDER/opa" ]; then
  printf '%s\n' "$FOLDER/opa"
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
if [ ! -x "$FOLDER/opa" ]; then
  cd "$FOLDER/module"
  if [ ! -f go.sum ]; then
    say "resolving github.com/open-policy-agent/opa@$VERSION"
    rm -f go.mod
    go mod init lintel-opa > /dev/null 2>&1
    go get -tool "github.com/open-policy-agent/opa@$VERSION" > get.log 2>&1 || {
      tail -n 20 get.log >&2
      rm -f go.mod go.sum
      exit 1
    }
  fi
  say "building (minutes the first time)"
  nice -n 19 go build -ldflags '-s -w' -o "$FOLDER/opa.new" github.com/open-policy-agent/opa
  mv "$FOLDER/opa.new" "$FOLDER/opa"
  say "built $FOLDER/opa"
fi
printf '%s\n' "$FOLDER/opa"
