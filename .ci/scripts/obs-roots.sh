#!/usr/bin/env bash
# Keeps one Debian root for each release of OBS in .ci/obs-versions, for tests
# that start OBS inside it; internal/realobs does that.
#   obs-roots.sh make    make those that are missing, asking first outside CI
#   obs-roots.sh list    print "VERSION PATH" of each; exit 1 when one is missing
#   obs-roots.sh clean   remove them all
# Settings: CUELIGHT_OBS_ROOTS=yes makes them without asking.
set -euo pipefail
cd "$(dirname "$0")/../.."
versions=.ci/obs-versions
cache=${XDG_CACHE_HOME:-$HOME/.cache}/cuelight/obs-roots
. .ci/scripts/debian-root.sh
# What is put into a root. OBS loads libGL.so.1 by that name, and not every
# release of its package says so.
packages=(obs-studio obs-plugins libgl1 libgl1-mesa-dri fonts-dejavu-core)

suites() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$versions"; }

# obs_version ROOT: that of the OBS in it, without Debian's additions; nothing
# when there is none.
obs_version() {
	[ -d "$1/var/lib/dpkg" ] || return 0
	dpkg-query --admindir="$1/var/lib/dpkg" -W -f '${source:Upstream-Version}' obs-studio 2>/dev/null | sed 's/[+~].*//' || true
}

at_least() { [ -n "$1" ] && [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n1)" = "$2" ]; }

# fits ROOT WANT: it is there, finished, new enough, and holds those packages.
fits() {
	at_least "$(obs_version "$1")" "$2" && [ "$(cat "$1/packages" 2>/dev/null)" = "${packages[*]}" ]
}

# missing: "SUITE WANT" of those roots that do not fit.
missing() {
	local suite want
	while read -r suite want; do
		fits "$cache/$suite" "$want" || echo "$suite $want"
	done < <(suites)
}

ask() {
	[ -z "${CI:-}" ] && [ "${CUELIGHT_OBS_ROOTS:-}" != yes ] || return 0
	echo "The tests with other releases of OBS need about 2 GB in $cache"
	echo "and, this once, some minutes of downloading and installing there."
	echo "make clean-obs removes it all again."
	local answer=
	if [ -t 0 ]; then read -r -p "Make them now? [y/N] " answer; fi
	case $answer in
	[yY]*) ;;
	*)
		echo "Not made. CUELIGHT_OBS_ROOTS=yes make test-obs makes them without asking." >&2
		exit 1
		;;
	esac
}

make_roots() {
	local todo suite want
	todo=$(missing)
	[ -n "$todo" ] || return 0
	ask
	.ci/scripts/need.sh roots
	mkdir -p "$cache"
	while read -r suite want; do
		echo "== a root with OBS $want or newer, from Debian $suite"
		if ! make_root "$suite" "$cache/$suite" "${packages[@]}"; then
			echo "No root could be made for OBS $want from Debian $suite: see above. Nothing was tested against it." >&2
			exit 1
		fi
		local got
		got=$(obs_version "$cache/$suite")
		if ! at_least "$got" "$want"; then
			echo "Debian $suite has OBS ${got:-no more}, older than the $want of $versions." >&2
			exit 1
		fi
		echo "Debian $suite has OBS $got."
	done <<<"$todo"
}

list() {
	local suite want all=0
	while read -r suite want; do
		if fits "$cache/$suite" "$want"; then echo "$(obs_version "$cache/$suite") $cache/$suite"; else all=1; fi
	done < <(suites)
	return "$all"
}

clean() {
	[ -e "$cache" ] || return 0
	as_root rm -rf --one-file-system "$cache"
	echo "Removed $cache"
}

case ${1:-} in
make) make_roots ;;
list) list ;;
clean) clean ;;
*)
	echo "usage: obs-roots.sh make|list|clean" >&2
	exit 2
	;;
esac
