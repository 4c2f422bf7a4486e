#!/usr/bin/env bash
# Fuzzes every reader of foreign bytes for a while each.
#   .ci/scripts/fuzz.sh [TIME]        such as 10s (what the tests do) or 10m
set -euo pipefail
cd "$(dirname "$0")/../.."
go=.ci/scripts/go.sh
time=${1:-10m}
grep -rlE '^func Fuzz' --include='*_test.go' . | sort | while read -r file; do
	sed -nE 's/^func (Fuzz[A-Za-z0-9_]*)\(.*/\1/p' "$file" | while read -r target; do
		echo "== ${file%/*} $target"
		"$go" test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "${file%/*}" </dev/null
	done
done
