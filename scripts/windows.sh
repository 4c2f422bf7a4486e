#!/usr/bin/env bash
# Cross-builds the Windows program with mingw. It belongs to the console
# subsystem, so that scripts get its output and exit code; started by a
# double click it lets go of the console that Windows made for it.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
echo "Building build/cuelight.exe (the first time takes several minutes)."
CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
	scripts/go.sh build -p "${CUELIGHT_JOBS:-2}" -tags migrated_fynedo -trimpath -ldflags '-s -w' -o build/cuelight.exe .
ls -l build/cuelight.exe
