#!/usr/bin/env bash
# Makes Debian roots with packages in them. Sourced, or called by itself as root.
#   make_root SUITE ROOT PACKAGE…   made anew, whole or not at all; ROOT/packages
#                                   tells what was asked for, ROOT.log what happened
#   as_root COMMAND…                debootstrap and chroot need it
debian_root_script=${BASH_SOURCE[0]}

# mirror: where this machine takes Debian from. On a machine that is not Debian
# nothing is printed, and debootstrap knows where to go.
mirror() {
	command -v apt-get >/dev/null || return 0
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' 2>/dev/null | head -n1 || true
}

# as_root: debootstrap and chroot need it.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		echo "Making a Debian root needs root rights: run this as root once, or install sudo." >&2
		return 1
	fi
}

make_root() {
	local suite=$1 root=$2
	shift 2
	mkdir -p "$(dirname "$root")"
	# In a mount namespace of its own: whatever happens, nothing stays mounted.
	as_root unshare --mount --propagation unchanged bash "$debian_root_script" build "$suite" "$root" "$(mirror)" "$@" </dev/null
}

# build SUITE ROOT MIRROR PACKAGE…: as root, in a mount namespace of its own.
build() {
	local suite=$1 root=$2 mirror=$3 partial=$2.partial log=$2.log known=()
	shift 3
	mount --make-rprivate / 2>/dev/null || true # fails where / is no mount point, as in a chroot
	rm -rf --one-file-system "$partial"
	# A debootstrap older than the suite makes it as it makes sid.
	[ -e "/usr/share/debootstrap/scripts/$suite" ] || known=(sid)
	if ! debootstrap --variant=minbase "$suite" "$partial" ${mirror:+"$mirror"} "${known[@]}" >"$log" 2>&1 ||
		! fill "$partial" "$@" >>"$log" 2>&1; then
		tail -n 25 "$log" >&2
		rm -rf --one-file-system "$partial"
		return 1
	fi
	echo "$*" >"$partial/packages"
	rm -rf --one-file-system "$root"
	mv "$partial" "$root"
}

# inside ROOT COMMAND…: with a clean environment, as on a machine of its own.
inside() {
	local root=$1
	shift
	chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 HOME=/root "$@"
}

# fill ROOT PACKAGE…: with packages; one that begins with + is only fetched, for
# a test that installs it later.
fill() {
	local root=$1 package now=() later=()
	shift
	for package; do
		case $package in +*) later+=("${package#+}") ;; *) now+=("$package") ;; esac
	done
	mount -t proc proc "$root/proc"
	# It is thrown away if the power fails, and nobody reads the manuals.
	printf 'force-unsafe-io\npath-exclude=/usr/share/doc/*\npath-exclude=/usr/share/man/*\npath-exclude=/usr/share/locale/*\n' \
		>"$root/etc/dpkg/dpkg.cfg.d/cuelight"
	printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no services
	chmod 755 "$root/usr/sbin/policy-rc.d"
	if [ ${#now[@]} -gt 0 ]; then
		inside "$root" apt-get install -y --no-install-recommends -o Acquire::Retries=3 "${now[@]}" || return 1
		inside "$root" apt-get clean
	fi
	if [ ${#later[@]} -gt 0 ]; then
		rm "$root/etc/dpkg/dpkg.cfg.d/cuelight" # what comes later is looked at
		echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/cuelight"
		inside "$root" apt-get install -y --no-install-recommends --download-only -o Acquire::Retries=3 "${later[@]}" || return 1
	else
		rm -rf "$root"/var/lib/apt/lists/*
	fi
	umount "$root/proc"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
	set -euo pipefail
	case ${1:-} in
	build) build "${@:2}" ;;
	*)
		echo "debian-root.sh is sourced by other scripts." >&2
		exit 2
		;;
	esac
fi
