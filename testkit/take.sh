# shellcheck shell=bash
# take.sh: what the scripts share that take definitions out of Go modules; they source it after go.sh.

# take TO MODULE VERSION SUM PATH: copies a file, or those of a folder, out of a module whose bytes are what they should be.
take() {
  local answer from to=$1
  answer=$(GOFLAGS='' go mod download -json "$2@$3") || { printf '%s\n' "$answer" | tail -n 5 >&2; return 1; }
  printf '%s' "$answer" | grep -qF "\"Sum\": \"$4\"" || { say "$2@$3 is not what crds.txt names"; return 1; }
  from=$(printf '%s' "$answer" | sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p')/$5
  mkdir -p "$to"
  if [ -d "$from" ]; then from=$from/; fi
  find "$from" -maxdepth 1 -type f -name '*.yaml' -exec cp --no-preserve=mode {} "$to/" \;
  [ -n "$(ls -A "$to")" ] || { say "$2@$3 has no $5"; return 1; }
}
