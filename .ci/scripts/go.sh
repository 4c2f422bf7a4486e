#!/usr/bin/env bash
# Runs a Go that is new enough for go.mod, wherever it is installed.
#   .ci/scripts/go.sh ARGS…     as the go command
#   .ci/scripts/go.sh --which   print its path; exit 1 when there is none
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
want=$(sed -n 's/^go //p' "$root/go.mod")

at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }

# fits CANDIDATE: new enough itself, or able to fetch a Go that is (since 1.21,
# unless GOTOOLCHAIN=local forbids it). Asked outside the module, whose go line
# an old Go cannot read.
fits() {
	local have
	have=$(cd / && GOTOOLCHAIN=local "$1" env GOVERSION 2>/dev/null) || return 1
	have=${have#go}
	at_least "$have" "$want" && return 0
	at_least "$have" 1.21 && [ "$(cd / && "$1" env GOTOOLCHAIN)" != local ]
}

find_go() {
	local candidate
	for candidate in "${CUELIGHT_GO:-}" "$(command -v go || true)" /usr/local/go/bin/go \
		/usr/lib/go-*/bin/go "$HOME/go/bin/go$want" "$HOME/sdk/go$want/bin/go"; do
		if [ -n "$candidate" ] && [ -x "$candidate" ] && fits "$candidate"; then
			echo "$candidate"
			return 0
		fi
	done
	return 1
}

if ! go=$(find_go); then
	[ "${1:-}" = --which ] || echo "No Go $want or newer here: run make build, which installs it or says how." >&2
	exit 1
fi
if [ "${1:-}" = --which ]; then
	echo "$go"
	exit 0
fi
exec "$go" "$@"
