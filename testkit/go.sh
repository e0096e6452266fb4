# shellcheck shell=bash
# go.sh: what the scripts share that build programs in Go; they source it with NAME and GO_MINOR set.
say() { printf '%s: %s\n' "$NAME" "$*" >&2; }

# known FILE: prints it and ends if it is there already.
known() {
  if [ -x "$1" ]; then
    printf '%s\n' "$1"
    exit 0
  fi
}

# usable: ends with 3 where there is no Go, or an old one.
usable() {
  local found minor
  if ! command -v go > /dev/null; then
    say "skipped: there is no 'go' on the PATH (Go 1.$GO_MINOR or newer builds it)"
    exit 3
  fi
  found=$(go env GOVERSION)
  minor=$(printf '%s' "$found" | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
  if [ "${minor:-0}" -lt "$GO_MINOR" ]; then
    say "skipped: Go 1.$GO_MINOR or newer is needed, this is $found"
    exit 3
  fi
  export GOTOOLCHAIN=local GOTELEMETRY=off CGO_ENABLED=0
}
