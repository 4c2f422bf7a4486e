#!/usr/bin/env bash
# Formatting, vet, staticcheck and the house rules; `lint.sh fmt` formats.
set -euo pipefail
cd "$(dirname "$0")/../.."
go=.ci/scripts/go.sh
gofumpt=mvdan.cc/gofumpt@v0.12.0
staticcheck=honnef.co/go/tools/cmd/staticcheck@v0.8.2
deadcode=golang.org/x/tools/cmd/deadcode@v0.52.0
jobs=${CUELIGHT_JOBS:-2}

if [ "${1:-}" = fmt ]; then exec "$go" run "$gofumpt" -w .; fi

echo "== formatting"
unformatted=$("$go" run "$gofumpt" -l .)
if [ -n "$unformatted" ]; then
	printf 'Not formatted (make fmt does it):\n%s\n' "$unformatted" >&2
	exit 1
fi
echo "== house rules"
"$go" test -p "$jobs" ./internal/archtest
echo "== vet"
"$go" vet -p "$jobs" ./...
# What Windows gets is checked on every machine: all of it but the window's GL
# binding is Go alone.
echo "== vet, for Windows"
GOOS=windows CGO_ENABLED=0 "$go" vet -p "$jobs" ./app/... ./internal/... ./obs/... ./providers/... ./widgets/...
echo "== staticcheck"
"$go" run "$staticcheck" ./...
echo "== dead code"
# What no main reaches is dead, also where tests use it. Left out: what exists
# for tests alone, and the input method's state, which only Windows drives but
# which is tested everywhere.
dead=$("$go" run "$deadcode" ./... | grep -vE '^(internal/(archtest|peakmemory|realobs|realparts)/|([a-z]+/)+[a-z]*test/|widgets/fakeclock/|app/desktop/([a-z]+/)*compose\.go)' || true)
if [ -n "$dead" ]; then
	printf 'Nothing of the program reaches:\n%s\n' "$dead" >&2
	exit 1
fi
