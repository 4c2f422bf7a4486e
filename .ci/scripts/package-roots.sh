#!/usr/bin/env bash
# Keeps the two Debian roots that the packages are tried in: one that is fresh,
# with what the package needs beside it but not in it, and one with Wine.
#   package-roots.sh make         make those that are missing
#   package-roots.sh path NAME    print where fresh or wine is; exit 1 when it is not
#   package-roots.sh clean        remove them
set -euo pipefail
cd "$(dirname "$0")/../.."
cache=${XDG_CACHE_HOME:-$HOME/.cache}/cuelight/package-roots
. .ci/scripts/debian-root.sh
# Wine 8 of Debian 12 lacks a library that Go's programs need.
suite=trixie
screen=(xvfb xauth xdotool imagemagick openbox libgl1 libgl1-mesa-dri)

packages() {
	case $1 in
	fresh) sed -n 's/^Depends: //p' packaging/linux/control.in | sed -e 's/([^)]*)//g' -e 's/,//g' | xargs printf '+%s '
		printf '+%s ' "${screen[@]}" dbus fonts-noto-cjk ;;
	wine) echo "wine wine64 ${screen[*]}" ;;
	esac | xargs
}

fits() { [ "$(cat "$cache/$1/packages" 2>/dev/null)" = "$(packages "$1")" ]; }

make_roots() {
	local name
	for name in fresh wine; do
		fits "$name" && continue
		.ci/scripts/need.sh roots
		echo "== a Debian root for trying packages: $name"
		# shellcheck disable=SC2046 # packages are words
		make_root "$suite" "$cache/$name" $(packages "$name")
	done
}

case ${1:-} in
make) make_roots ;;
path) fits "$2" && echo "$cache/$2" ;;
clean) if [ -e "$cache" ]; then as_root rm -rf --one-file-system "$cache" && echo "Removed $cache"; fi ;;
*)
	echo "usage: package-roots.sh make|path NAME|clean" >&2
	exit 2
	;;
esac
