#!/usr/bin/env bash
# hydra.sh: prints the path of an Ory Hydra of the pinned version, with its database in memory; cold it takes four minutes or
# so. Answers 3 without a usable Go or without a C compiler, which SQLite needs.
set -euo pipefail

HERE=$(dirname "${BASH_SOURCE[0]}")
if ! command -v "${CC:-gcc}" > /dev/null; then
  echo "hydra: skipped: there is no C compiler for SQLite" >&2
  exit 3
fi
# Its own replace directives do not count where it is a dependency.
export TOOL_CGO=1 TOOL_REPLACE=github.com/gobuffalo/pop/v6=github.com/ory/pop/v6@v6.2.1-0.20241121111754-e5dfc0f3344b
exec "$HERE/go-tool.sh" hydra "${LINTEL_HYDRA_MODULE:-v2.3.0}" 22 \
  github.com/ory/hydra/v2 -tags sqlite,sqlite_omit_load_extension,json1 -ldflags '-s -w'
