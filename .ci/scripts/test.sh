#!/usr/bin/env bash
# Runs the tests under the race detector. Packages that use real parts (OBS,
# keyring, ingest, browser) run one after another, so that they do not take
# each other's time on a small machine; CUELIGHT_REAL=1 makes a missing part a
# failure.
#   test.sh         everything, with the installed OBS, and the fuzz targets for
#                   a moment each
#   test.sh unit    without the packages that use real parts
#   test.sh others  the tests with a real OBS, with each release of
#                   .ci/obs-versions
#   test.sh all     everything, and those tests with each release
set -euo pipefail
cd "$(dirname "$0")/../.."
go=.ci/scripts/go.sh
jobs=${CUELIGHT_JOBS:-2}
what=${1:-}
[ "$what" = unit ] || export CUELIGHT_REAL=1
unset CUELIGHT_OBS_ROOT # a root is chosen here

# A package uses real parts when its tests import the harness.
imports='{{.ImportPath}} {{join .Imports " "}} {{join .TestImports " "}} {{join .XTestImports " "}}'
real=() plain=() withOBS=()
while read -r package rest; do
	case " $package $rest " in *" cuelight/internal/realobs"*) withOBS+=("$package") ;; esac
	case " $package $rest " in
	*" cuelight/internal/realparts"* | *" cuelight/internal/realobs"*) real+=("$package") ;;
	*) plain+=("$package") ;;
	esac
done < <("$go" list -f "$imports" ./...)

# plain_tests runs what needs no real part. Cuelight's main package is the
# window's GL binding, whose C code takes minutes to build once more for the race
# detector: it is built plain. All of our own code behind it is raced.
plain_tests() {
	local package raced=() failed=0
	for package in "${plain[@]}"; do
		[ "$package" = cuelight ] || raced+=("$package")
	done
	echo "== tests, with the race detector"
	"$go" test -race -p "$jobs" -timeout 15m "${raced[@]}" || failed=1
	case " ${plain[*]} " in
	*" cuelight "*)
		echo "== the program itself"
		"$go" test -p "$jobs" -timeout 15m cuelight || failed=1
		;;
	esac
	return "$failed"
}

# Each OBS that answered a test left its release here.
CUELIGHT_OBS_SEEN=$(mktemp)
export CUELIGHT_OBS_SEEN
trap 'rm -f "$CUELIGHT_OBS_SEEN"' EXIT

# real_tests runs what needs them. Never from the cache: the program they run is
# not among what it watches.
real_tests() {
	local failed=0
	echo "== tests with real parts: ${real[*]}"
	"$go" test -race -count=1 -p 1 -timeout 30m "${real[@]}" || failed=1
	echo "== memory under floods, without the race detector"
	"$go" test -count=1 -run Flood ./obs ./providers/contract ./providers/oauth || failed=1
	return "$failed"
}

# fuzz_tests has every reader of foreign bytes read what nobody has thought of,
# for a moment each; make fuzz does it for as long as wanted.
fuzz_tests() { .ci/scripts/fuzz.sh 10s; }

# other_tests runs every test with a real OBS, which has Real in its name, with
# each other release. The first that fails does not keep the rest from running.
other_tests() {
	local version root roots failed=
	if ! roots=$(.ci/scripts/obs-roots.sh list); then
		echo "Not every root of .ci/obs-versions is there: make test-obs makes them." >&2
		return 1
	fi
	while read -r version root; do
		echo "== tests with real OBS $version: ${withOBS[*]}"
		CUELIGHT_OBS_ROOT=$root "$go" test -race -count=1 -p 1 -timeout 30m -run Real "${withOBS[@]}" </dev/null ||
			failed="$failed $version"
		grep -qx -F "$version" "$CUELIGHT_OBS_SEEN" || failed="$failed $version(no test started it)"
	done <<<"$roots"
	if [ -n "$failed" ]; then
		echo "Failed with OBS$failed." >&2
		return 1
	fi
}

# tell_releases says at the end which OBS was really there.
tell_releases() {
	echo "== releases of OBS Studio that ran:"
	sort -V "$CUELIGHT_OBS_SEEN" | uniq -c | awk '{ printf "   OBS %s, started %s\n", $2, $1 == 1 ? "once" : $1 " times" }'
	if [ "$what" = '' ]; then
		sed -n 's/^\([a-z]*\)  *\([0-9.]*\)$/   OBS \2 (Debian \1) did not run; make test-obs runs it/p' .ci/obs-versions
	fi
}

# each runs every part, so that one run shows all that fails, and fails then.
# A part tells of its failures itself: `set -e` does not reach into it here.
each() {
	local part failed=
	for part; do
		"$part" || failed="$failed $part"
	done
	tell_releases
	[ -z "$failed" ] || { echo "Failed:$failed" >&2; return 1; }
}

case $what in
unit) plain_tests ;;
'') each plain_tests fuzz_tests real_tests ;;
others) each other_tests ;;
all) each plain_tests fuzz_tests real_tests other_tests ;;
*)
	echo "usage: test.sh [unit|others|all]" >&2
	exit 2
	;;
esac
