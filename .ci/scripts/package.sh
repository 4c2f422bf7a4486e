#!/usr/bin/env bash
# Makes the Debian package and the plain archive for Linux, in dist/ or the folder
# that is named.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-dist}
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. .ci/scripts/package-parts.sh
arch=$(dpkg --print-architecture)

echo "Building cuelight $version for Linux ($arch)."
"$go" build -p "${CUELIGHT_JOBS:-2}" -tags migrated_fynedo -trimpath -buildvcs=false -ldflags "$linker" -o "$work/cuelight" .
CGO_ENABLED=0 "$go" build -p "${CUELIGHT_JOBS:-2}" -tags nowindow -trimpath -buildvcs=false -ldflags "$linker" -o "$work/cuelight-terminal" .
say_version "$work/cuelight"
say_version "$work/cuelight-terminal"
licences "$work/THIRD-PARTY-LICENSES.txt"

# root FOLDER PREFIX: what both forms of the package hold, below PREFIX.
root() {
	local at=$1/$2 size
	install -D "$work/cuelight" "$at/bin/cuelight"
	install -Dm644 packaging/linux/kr.cuelight.app.desktop "$at/share/applications/kr.cuelight.app.desktop"
	mkdir -p "$at/share/metainfo"
	sed -e "s/@VERSION@/$number/" -e "s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)/" \
		packaging/linux/kr.cuelight.app.metainfo.xml.in >"$at/share/metainfo/kr.cuelight.app.metainfo.xml"
	for size in 16 32 48 64 128 256 512; do
		install -Dm644 "packaging/icons/$size.png" "$at/share/icons/hicolor/${size}x$size/apps/kr.cuelight.app.png"
	done
	mkdir -p "$at/share/bash-completion/completions" "$at/share/zsh/vendor-completions" "$at/share/fish/vendor_completions.d"
	"$work/cuelight" completion bash --lang en >"$at/share/bash-completion/completions/cuelight"
	"$work/cuelight" completion zsh --lang en >"$at/share/zsh/vendor-completions/_cuelight"
	"$work/cuelight" completion fish --lang en >"$at/share/fish/vendor_completions.d/cuelight.fish"
	mkdir -p "$at/share/man/man1" "$at/share/man/ko/man1"
	"$work/cuelight" manual --lang en | gzip -9n >"$at/share/man/man1/cuelight.1.gz"
	"$work/cuelight" manual --lang ko | gzip -9n >"$at/share/man/ko/man1/cuelight.1.gz"
}

debian_package() {
	local root=$work/deb doc
	root "$root" usr
	doc=$root/usr/share/doc/cuelight
	mkdir -p "$doc" "$root/DEBIAN"
	{
		printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: Cuelight\n\nFiles: *\nCopyright: 2026 The Cuelight developers\nLicense: Expat\n'
		sed -n '/^Permission/,$p' LICENSE | sed -e 's/^$/./' -e 's/^/ /'
		printf '\nComment:\n The work of others that is linked into the program, and its licences, is in\n THIRD-PARTY-LICENSES.txt.gz beside this file.\n'
	} >"$doc/copyright"
	gzip -9n <"$work/THIRD-PARTY-LICENSES.txt" >"$doc/THIRD-PARTY-LICENSES.txt.gz"
	printf 'cuelight (%s) unstable; urgency=medium\n\n  * Built from commit %s.\n\n -- The Cuelight developers <cuelight@localhost>  %s\n' \
		"$version" "$(git rev-parse HEAD)" "$(date -uR -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$doc/changelog.gz"
	sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" \
		-e "s/@SIZE@/$(du -k --apparent-size -s "$root/usr" | cut -f1)/" packaging/linux/control.in >"$root/DEBIAN/control"
	(cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum >DEBIAN/md5sums)
	dated "$root"
	dpkg-deb --root-owner-group -Zxz --build "$root" "$out/cuelight_${version}_$arch.deb" >/dev/null
}

# archive NAME: NAME.tar.gz of the folder of that name in $work.
archive() {
	dated "$work/$1"
	tar --sort=name --owner=0 --group=0 --numeric-owner --format=gnu -C "$work" -cf - "$1" | gzip -9n >"$out/$1.tar.gz"
}

rm -f "$out"/cuelight_*.deb "$out"/cuelight-*-linux-*
debian_package
plain=cuelight-$version-linux-$arch
root "$work/$plain" .
cp LICENSE README.md "$work/THIRD-PARTY-LICENSES.txt" "$work/$plain/"
archive "$plain"
terminal=cuelight-terminal-$version-linux-$arch
mkdir "$work/$terminal"
cp "$work/cuelight-terminal" LICENSE "$work/THIRD-PARTY-LICENSES.txt" "$work/$terminal/"
archive "$terminal"
sbom "$work/cuelight" "$out/cuelight-$version-linux-$arch.sbom.json"
checksums "$out"
printf '   installed: the program with the window %.1f MB, the terminal alone %.1f MB\n' \
	"$(stat -c %s "$work/cuelight" | awk '{ print $1 / 1e6 }')" "$(stat -c %s "$work/cuelight-terminal" | awk '{ print $1 / 1e6 }')"
