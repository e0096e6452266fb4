#!/usr/bin/env bash
# go-tool.sh NAME VERSION GO_MINOR PACKAGE [GO BUILD ARGUMENT...]: prints the path of a program that is built from its Go
# module, building it first where it is missing.
#
# It is a tool dependency of a module made for it, because `go install module@version` does not resolve replace directives.
# The binary lies outside the source tree, in a folder named after the version, so that a clean build never loses it.
# Answers 3, with the reason on standard error, where there is no usable Go.
set -euo pipefail

NAME=$1 VERSION=$2 GO_MINOR=$3 PACKAGE=$4
shift 4

say() { printf '%s: %s\n' "$NAME" "$*" >&2; }

FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/lintel/$NAME-$VERSION
if [ -x "$FOLDER/$NAME" ]; then
  printf '%s\n' "$FOLDER/$NAME"
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
if [ ! -x "$FOLDER/$NAME" ]; then
  cd "$FOLDER/module"
  if [ ! -f go.sum ]; then
    say "resolving $PACKAGE@$VERSION"
    rm -f go.mod
    go mod init "lintel-$NAME" > /dev/null 2>&1
    go get -tool "$PACKAGE@$VERSION" > get.log 2>&1 || {
      tail -n 20 get.log >&2
      rm -f go.mod go.sum
      exit 1
    }
  fi
  say "building (minutes the first time)"
  nice -n 19 go build -o "$FOLDER/$NAME.new" "$@" "$PACKAGE"
  mv "$FOLDER/$NAME.new" "$FOLDER/$NAME"
  say "built $FOLDER/$NAME"
fi
printf '%s\n' "$FOLDER/$NAME"
