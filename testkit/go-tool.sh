#!/usr/bin/env bash
# go-tool.sh NAME VERSION GO_MINOR PACKAGE [GO BUILD ARGUMENT...]: prints the path of a program that is built from its Go
# module, building it first where it is missing.
#
# It is a tool dependency of a module made for it, because `go install module@version` does not resolve replace directives.
# The binary lies outside the source tree, in a folder named after the version, so that a clean build never loses it.
# TOOL_REPLACE is one replace directive, OLD=NEW@VERSION; TOOL_CGO=1 lets C be compiled.
# Answers 3, with the reason on standard error, where there is no usable Go.
set -euo pipefail

NAME=$1 VERSION=$2 GO_MINOR=$3 PACKAGE=$4
shift 4

. "$(dirname "${BASH_SOURCE[0]}")/go.sh"

FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/lintel/$NAME-$VERSION
known "$FOLDER/$NAME"
usable
export GOFLAGS='-trimpath -mod=mod' CGO_ENABLED=${TOOL_CGO:-0}

mkdir -p "$FOLDER/module"
exec 9> "$FOLDER/lock"
flock 9 # a second caller waits for the first one's build
if [ ! -x "$FOLDER/$NAME" ]; then
  cd "$FOLDER/module"
  if [ ! -f go.sum ]; then
    say "resolving $PACKAGE@$VERSION"
    rm -f go.mod
    go mod init "lintel-$NAME" > /dev/null 2>&1
    [ -z "${TOOL_REPLACE:-}" ] || go mod edit -replace "$TOOL_REPLACE"
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
