#!/usr/bin/env bash
# Measures against bare counterparts; see testdata/bench.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/go.sh build -p "${CUELIGHT_JOBS:-2}" -tags migrated_fynedo -trimpath -ldflags '-s -w' \
	-o build/barewindow ./testdata/bench/barewindow
exec scripts/go.sh run ./testdata/bench -cuelight build/cuelight -bare build/barewindow "$@"
