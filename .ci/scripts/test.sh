#!/usr/bin/env bash
# Runs the tests under the race detector. Packages that use real parts (OBS,
# keyring, ingest, browser) run one after another, so that they do not take
# each other's time on a small machine; CUELIGHT_REAL=1 makes a missing part a
# failure. `test.sh unit` leaves those packages out.
set -euo pipefail
cd "$(dirname "$0")/../.."
go=.ci/scripts/go.sh
jobs=${CUELIGHT_JOBS:-2}
[ "${1:-}" = unit ] || export CUELIGHT_REAL=1

# A package uses real parts when its tests import the harness.
imports='{{.ImportPath}} {{join .Imports " "}} {{join .TestImports " "}} {{join .XTestImports " "}}'
real=() plain=()
while read -r package rest; do
	case " $package $rest " in
	*" cuelight/internal/realparts"* | *" cuelight/internal/realobs"*) real+=("$package") ;;
	*) plain+=("$package") ;;
	esac
done < <("$go" list -f "$imports" ./...)

# Cuelight's main package is the window's GL binding, whose C code takes
# minutes to build once more for the race detector: it is built plain. All of
# our own code behind it is raced.
raced=()
for package in "${plain[@]}"; do
	[ "$package" = cuelight ] || raced+=("$package")
done

echo "== tests, with the race detector"
"$go" test -race -p "$jobs" -timeout 15m "${raced[@]}"
case " ${plain[*]} " in
*" cuelight "*)
	echo "== the program itself"
	"$go" test -p "$jobs" -timeout 15m cuelight
	;;
esac
if [ "${1:-}" = unit ] || [ ${#real[@]} = 0 ]; then exit 0; fi
# Never from the cache: the program they run is not among what it watches.
echo "== tests with real parts: ${real[*]}"
"$go" test -race -count=1 -p 1 -timeout 30m "${real[@]}"
