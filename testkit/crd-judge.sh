#!/usr/bin/env bash
# crd-judge.sh: prints the path of crd-judge, building it first where it is missing; cold it takes some minutes.
#
# The definitions of others are taken out of their Go modules, checked against the sums in crds.txt and built in, so that
# nothing of theirs lies in this tree. The binary lies outside of it, in a folder named after the bytes of its sources.
# Answers 3, with the reason on standard error, where there is no usable Go.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/crd-judge"

NAME=crd-judge GO_MINOR=26
. ../go.sh
. ../take.sh

sources() { find . -maxdepth 1 -type f ! -name '*_test.go' | LC_ALL=C sort; find kyma -type f | LC_ALL=C sort; }

STATE=$(sources | xargs sha256sum | sha256sum | cut -c 1-12)
FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/lintel/crd-judge-$STATE
known "$FOLDER/crd-judge"
usable
export GOFLAGS='-trimpath -mod=readonly'

mkdir -p "$FOLDER"
exec 9> "$FOLDER/lock"
flock 9 # a second caller waits for the first one's build
if [ ! -x "$FOLDER/crd-judge" ]; then
  say "building (minutes the first time)"
  rm -rf "$FOLDER/source"
  mkdir -p "$FOLDER/source/crds"
  cp ./*.go go.mod go.sum "$FOLDER/source/"
  cp -r kyma "$FOLDER/source/crds/"
  while read -r name module version sum path; do
    case $name in '' | '#'*) continue ;; esac
    take "$FOLDER/source/crds/$name" "$module" "$version" "$sum" "$path"
  done < crds.txt
  (cd "$FOLDER/source" && nice -n 19 go build -ldflags '-s -w' -o "$FOLDER/crd-judge.new" .) >&2
  mv "$FOLDER/crd-judge.new" "$FOLDER/crd-judge"
  rm -rf "$FOLDER/source"
  say "built $FOLDER/crd-judge"
fi
printf '%s\n' "$FOLDER/crd-judge"
