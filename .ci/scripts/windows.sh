#!/usr/bin/env bash
# Cross-builds the Windows program with mingw, in two forms of the same code:
# cuelight.exe for double clicks, which opens no console, and cuelight.com for
# the terminal. Typed without an ending, `cuelight` is the second: Windows
# prefers .com, and a program of the windows subsystem would give a terminal
# neither its output nor its exit code. The terminal's form holds no window; it
# starts the other for that.
#   .ci/scripts/windows.sh [FOLDER]   build/ where none is named
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-build}
mkdir -p "$out"
work=$(mktemp -d)
resource=rsrc_windows_amd64.syso # that name has Go link it, for Windows alone
trap 'rm -rf "$work" "$resource"' EXIT
. .ci/scripts/package-parts.sh

# The resource: icon, version, and a manifest that has Windows scale nothing and
# take UTF-8 for the code page.
numbers=${number//./,},0
fill() {
	sed -e "s/@NUMBERS@/$numbers/" -e "s/@NUMBERS_DOTS@/$number.0/" -e "s/@VERSION@/$version/" -e "s#@WORK@#$work#" "$1"
}
fill packaging/windows/cuelight.manifest.in >"$work/cuelight.manifest"
fill packaging/windows/cuelight.rc.in >"$work/cuelight.rc"
x86_64-w64-mingw32-windres -O coff -i "$work/cuelight.rc" -o "$resource"

echo "Building $out/cuelight.exe and $out/cuelight.com (the first time takes several minutes)."
build() {
	GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
		"$go" build -p "${CUELIGHT_JOBS:-2}" -trimpath -buildvcs=false "$@" .
}
CGO_ENABLED=1 build -tags migrated_fynedo -ldflags "$linker -H windowsgui" -o "$out/cuelight.exe"
CGO_ENABLED=0 build -tags nowindow -ldflags "$linker" -o "$out/cuelight.com"
ls -l "$out/cuelight.exe" "$out/cuelight.com"
