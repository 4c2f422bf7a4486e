#!/usr/bin/env bash
# Makes the installer and the portable archive for Windows, in dist/ or the folder
# that is named.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$(mkdir -p "${1:-dist}" && cd "${1:-dist}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. .ci/scripts/package-parts.sh
name=Cuelight-$version
files=$work/$name-portable
mkdir "$files"

.ci/scripts/windows.sh "$files" >/dev/null
(
	export GOOS=windows GOARCH=amd64 CGO_ENABLED=1
	licences "$files/THIRD-PARTY-LICENSES.txt"
)
cp LICENSE "$files/LICENSE.txt"
dated "$files"
rm -f "$out"/Cuelight-*
makensis -V2 -NOCD -DOUT="$out/$name-setup.exe" -DSOURCE="$files" -DVERSION="$version" -DNUMBER="$number" packaging/windows/cuelight.nsi

# The portable one has the file that tells the program to keep its settings there.
cp packaging/windows/portable.txt "$files/portable.txt"
dated "$files"
(cd "$work" && find "$name-portable" | LC_ALL=C sort | zip -q -X -9 -@ "$out/$name-portable.zip")
sbom "$files/cuelight.exe" "$out/$name-windows.sbom.json"
checksums "$out"
printf '   installed: the program with the window %.1f MB, the terminal alone %.1f MB\n' \
	"$(stat -c %s "$files/cuelight.exe" | awk '{ print $1 / 1e6 }')" "$(stat -c %s "$files/cuelight.com" | awk '{ print $1 / 1e6 }')"
