#!/usr/bin/env bash
# Fuzzes every reader of foreign bytes for a while each, two at a time, and says
# which ran. All run, also after one has failed: what a target met is kept as a
# seed under testdata/fuzz, and belongs into the repository with its cure.
#   .ci/scripts/fuzz.sh [TIME [DIR…]]   such as 10s (what the tests do) or 10m;
#                                       only in those folders, such as ./obs
set -euo pipefail
cd "$(dirname "$0")/../.."
go=.ci/scripts/go.sh
export FUZZ_TIME=${1:-10m}
[ $# -eq 0 ] || shift
jobs=${CUELIGHT_JOBS:-2}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# targets gives PACKAGE TARGET for each.
targets() {
	grep -rE '^func Fuzz' --include='*_test.go' "$@" | sort |
		sed -nE 's#^(\./.*)/[^/]*_test\.go:func (Fuzz[A-Za-z0-9_]*)\(.*#\1 \2#p'
}

# out_of_time reports whether the end of the time is all that a run failed with:
# that is what the Go fuzzer says when it meets the making smaller of an input that
# is no crasher.
out_of_time() {
	grep -qx ' *context deadline exceeded' "$1" && ! grep -qE 'Failing input|panic:|_test\.go:|hung|exit status' "$1"
}

# fuzz runs the targets of one package, one after another, in a test binary that
# is built once. One worker each: the targets beside it have the other core. Making
# an input smaller, a minute each by default, must not take all of the time.
fuzz() {
	local package=$1 binary log target failed=0
	shift
	binary=$out/$(tr / _ <<<"$package").test
	log=$binary.log
	if ! "$go" test -c -fuzz=. -o "$binary" "$package" >"$log" 2>&1; then
		cat "$log"
		return 1
	fi
	for target in "$@"; do
		if (cd "$package" && "$binary" -test.run '^$' -test.fuzz "^$target\$" -test.fuzztime "$FUZZ_TIME" \
			-test.fuzzminimizetime 1s -test.parallel 1 -test.fuzzcachedir "$cache/$package") >"$log" 2>&1; then
			echo "ok   $package $target: $(grep -oE 'execs: [0-9]+' "$log" | tail -1)"
		elif out_of_time "$log"; then
			echo "ok   $package $target: $(grep -oE 'execs: [0-9]+' "$log" | tail -1), ended while making an input smaller"
		else
			failed=1
			echo "FAIL $package $target"
			cat "$log"
		fi
	done
	return "$failed"
}

# fuzz_line is fuzz for a line of xargs.
fuzz_line() {
	# shellcheck disable=SC2086 # the targets of a package are words
	fuzz $1
}
cache=$("$go" env GOCACHE)/fuzz/cuelight
export -f fuzz fuzz_line out_of_time
export go out cache

echo "== fuzzing each reader of foreign bytes for $FUZZ_TIME"
[ $# -gt 0 ] || set -- .
targets "$@" | awk '{ all[$1] = all[$1] " " $2 } END { for (p in all) print p all[p] }' | sort |
	xargs -P "$jobs" -d '\n' -I{} bash -c 'fuzz_line "$1"' fuzz {}
