#!/usr/bin/env bash
# Measures the built program beside bare counterparts; see testdata/bench.
set -euo pipefail
cd "$(dirname "$0")/../.."
.ci/scripts/go.sh build -p "${CUELIGHT_JOBS:-2}" -tags migrated_fynedo -trimpath -ldflags '-s -w' \
	-o build/barewindow ./testdata/bench/barewindow
exec env CUELIGHT_REAL=1 .ci/scripts/go.sh test -count=1 -timeout 10m ./testdata/bench -v "$@"
