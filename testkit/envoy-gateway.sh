#!/usr/bin/env bash
# envoy-gateway.sh: prints the folder with Envoy Gateway's definitions of the release that crd-judge/crds.txt names, taking them
# out of its Go module first where they are missing. They lie outside of the tree, in a folder named after the module's checksum.
# Answers 3, with the reason on standard error, where there is no usable Go.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

NAME=envoy-gateway GO_MINOR=26
. ./go.sh
. ./take.sh

read -r _ module version sum path < <(grep "^$NAME " crd-judge/crds.txt)
STATE=$(printf '%s %s' "$sum" "$path" | sha256sum | cut -c 1-12)
FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/lintel/$NAME-$STATE
if [ ! -f "$FOLDER/complete" ]; then
  usable
  mkdir -p "$FOLDER"
  exec 9> "$FOLDER/lock"
  flock 9 # a second caller waits for the first one's copy
  take "$FOLDER/crds" "$module" "$version" "$sum" "$path"
  touch "$FOLDER/complete"
fi
printf '%s\n' "$FOLDER/crds"
