#!/usr/bin/env bash
# build.sh: prints the folder of a control plane's programs and definitions, building what is missing; cold it takes a quarter
# of an hour on two cores, and 5 GB of Go's caches. Answers 3 without a usable Go.
#
# etcd, kube-apiserver, kube-controller-manager, kubectl and istiod are tool dependencies of the two modules in tools/, whose
# go.sum pins every byte. The folder lies outside of the tree and is named after this script and those modules.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

NAME=testbed GO_MINOR=26
. ../testkit/go.sh

KUBERNETES=v1.36.3 ISTIO=1.31.0

STATE=$(cat build.sh ../testkit/crd-judge/kyma/*.yaml tools/*/go.mod tools/*/go.sum | sha256sum | cut -c 1-12)
FOLDER=${XDG_CACHE_HOME:-$HOME/.cache}/lintel/testbed-$STATE
if [ -f "$FOLDER/complete" ]; then
  printf '%s\n' "$FOLDER"
  exit 0
fi
usable
export GOFLAGS='-trimpath -mod=readonly'

mkdir -p "$FOLDER/crds"
exec 9> "$FOLDER/lock"
flock 9 # a second caller waits for the first one's build

# build MODULE PROGRAM PACKAGE [GO BUILD ARGUMENT...]
build() {
  local module=$1 program=$2 package=$3 begun=$SECONDS
  shift 3
  [ ! -x "$FOLDER/$program" ] || return 0
  say "building $program"
  (cd "tools/$module" && nice -n 19 go build -o "$FOLDER/$program.new" "$@" "$package") >&2
  mv "$FOLDER/$program.new" "$FOLDER/$program"
  say "built $program in $((SECONDS - begun)) s"
}

# module_folder MODULE PATH: where Go's cache has the sources of a dependency.
module_folder() { (cd "tools/$1" && go mod download "$2" && go list -m -f '{{.Dir}}' "$2"); }

info=k8s.io/component-base/version
flags="-s -w -X $info.gitVersion=$KUBERNETES -X $info.gitMajor=1 -X $info.gitMinor=36 -X $info.gitTreeState=clean"
build kubernetes etcd go.etcd.io/etcd/server/v3 -ldflags '-s -w'
for program in kube-apiserver kube-controller-manager kubectl; do
  build kubernetes $program k8s.io/kubernetes/cmd/$program -pgo=off -ldflags "$flags"
done
info=istio.io/istio/pkg/version
build istio pilot-discovery istio.io/istio/pilot/cmd/pilot-discovery -tags vtprotobuf,disable_pgv \
  -ldflags "-s -w -X $info.buildVersion=$ISTIO -X $info.buildTag=$ISTIO -X $info.buildStatus=Clean"

cp --no-preserve=mode "$(module_folder istio istio.io/istio)/manifests/charts/base/files/crd-all.gen.yaml" "$FOLDER/crds/istio.yaml"
for file in "$(module_folder istio sigs.k8s.io/gateway-api)"/config/crd/standard/*.yaml; do
  # The policies beside them only keep channels apart.
  case $file in *_vap_*) ;; *) cp --no-preserve=mode "$file" "$FOLDER/crds/" ;; esac
done
cp --no-preserve=mode ../testkit/crd-judge/kyma/*.yaml "$FOLDER/crds/"
touch "$FOLDER/complete"
printf '%s\n' "$FOLDER"
