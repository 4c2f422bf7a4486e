#!/usr/bin/env bash
# Cross-builds the Windows program with mingw, in two forms of the same code:
# cuelight.exe for double clicks, which opens no console, and cuelight.com for
# the terminal. Typed without an ending, `cuelight` is the second: Windows
# prefers .com, and a program of the windows subsystem would give a terminal
# neither its output nor its exit code.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build
echo "Building build/cuelight.exe and build/cuelight.com (the first time takes several minutes)."
build() {
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
		.ci/scripts/go.sh build -p "${CUELIGHT_JOBS:-2}" -tags migrated_fynedo -trimpath -ldflags "$1" -o "$2" .
}
build '-s -w -H windowsgui' build/cuelight.exe
build '-s -w' build/cuelight.com
ls -l build/cuelight.exe build/cuelight.com
