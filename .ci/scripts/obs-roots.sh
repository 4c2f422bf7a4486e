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
script=$PWD/.ci/scripts/obs-roots.sh
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

# mirror: where this machine takes Debian from. On a machine that is not Debian
# nothing is printed, and debootstrap knows where to go.
mirror() {
	command -v apt-get >/dev/null || return 0
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' 2>/dev/null | head -n1 || true
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

# as_root: debootstrap and chroot need it.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "Making a root for OBS needs root rights: run this as root once, or install sudo." >&2
		return 1
	fi
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
		# In a mount namespace of its own: whatever happens, nothing stays mounted.
		if ! as_root unshare --mount --propagation unchanged "$script" build "$suite" "$cache/$suite" "$(mirror)" </dev/null; then
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

# build SUITE ROOT MIRROR: as root, in a mount namespace of its own.
build() {
	local suite=$1 root=$2 mirror=$3 partial=$2.partial log=$2.log known=()
	mount --make-rprivate / 2>/dev/null || true # fails where / is no mount point, as in a chroot
	rm -rf --one-file-system "$partial"
	# A debootstrap older than the suite makes it as it makes sid.
	[ -e "/usr/share/debootstrap/scripts/$suite" ] || known=(sid)
	if ! debootstrap --variant=minbase "$suite" "$partial" ${mirror:+"$mirror"} "${known[@]}" >"$log" 2>&1 ||
		! install_obs "$partial" >>"$log" 2>&1; then
		tail -n 25 "$log" >&2
		rm -rf --one-file-system "$partial"
		return 1
	fi
	echo "${packages[*]}" >"$partial/packages"
	rm -rf --one-file-system "$root"
	mv "$partial" "$root"
}

install_obs() {
	local root=$1
	mount -t proc proc "$root/proc"
	# It is thrown away if the power fails, and nobody reads the manuals.
	printf 'force-unsafe-io\npath-exclude=/usr/share/doc/*\npath-exclude=/usr/share/man/*\npath-exclude=/usr/share/locale/*\n' \
		>"$root/etc/dpkg/dpkg.cfg.d/cuelight"
	printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no services
	chmod 755 "$root/usr/sbin/policy-rc.d"
	chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 \
		apt-get install -y --no-install-recommends -o Acquire::Retries=3 \
		"${packages[@]}" || return 1
	chroot "$root" apt-get clean
	rm -rf "$root"/var/lib/apt/lists/*
	umount "$root/proc"
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
build) build "$2" "$3" "$4" ;;
*)
	echo "usage: obs-roots.sh make|list|clean" >&2
	exit 2
	;;
esac
