#!/usr/bin/env bash
# Makes the packages twice and compares them, has Debian's own checkers look at
# them, installs and removes the Debian package in a fresh root, and the Windows one
# under Wine in another. What was made stays in dist/.
#   test-packages.sh          everything
#   test-packages.sh linux|windows|reproducible   a part of it, with what is in dist/
set -euo pipefail
cd "$(dirname "$0")/../.."
dist=$PWD/dist
script=$PWD/.ci/scripts/test-packages.sh
. .ci/scripts/debian-root.sh

# root NAME: where the root of that name is.
root() {
	.ci/scripts/package-roots.sh path "$1" || {
		echo "There is no root $1: make test-packages makes it." >&2
		return 1
	}
}

make_packages() {
	rm -rf "$dist"
	.ci/scripts/package.sh "$dist"
	.ci/scripts/package-windows.sh "$dist"
}

# reproducible makes them again from a copy of the source in another place.
reproducible() {
	echo "== the same bytes when made again, in another folder"
	local copy failed=0
	copy=$(mktemp -d)
	tar -C . --exclude=./dist --exclude=./build -cf - . | tar -C "$copy" -xf -
	(cd "$copy" && .ci/scripts/package.sh && .ci/scripts/package-windows.sh) >"$copy.log" 2>&1 || {
		cat "$copy.log" >&2
		failed=1
	}
	diff "$dist/SHA256SUMS" "$copy/dist/SHA256SUMS" || failed=1
	rm -rf "$copy" "$copy.log"
	return "$failed"
}

# in_fresh_root PACKAGE ROOT: as root, in a mount namespace of its own; whatever
# is installed goes with the copy of the root.
in_fresh_root() {
	local deb=$1 root
	root=$(mktemp -d)
	[ -d "$2/var/lib/dpkg" ]
	cp -a "$2/." "$root/"
	mount --make-rprivate / 2>/dev/null || true
	mount -t proc proc "$root/proc"
	cp "$deb" "$root/srv/cuelight.deb"
	inside "$root" find / -xdev \( -path /proc -o -path /var/cache -o -path /var/lib/dpkg -o -path /var/log -o -path /var/lib/apt \) -prune -o -print | sort >"$root.before"
	inside "$root" apt-get install -y --no-install-recommends /srv/cuelight.deb >"$root.log" 2>&1 || {
		tail -n 20 "$root.log" >&2
		return 1
	}
	inside "$root" cuelight --version
	inside "$root" cuelight help --lang ko | grep -q 방송
	inside "$root" sh -c 'test -s /usr/share/bash-completion/completions/cuelight && zcat /usr/share/man/man1/cuelight.1.gz | grep -q "SH COMMANDS"'
	inside "$root" apt-get install -y --no-install-recommends xvfb xauth xdotool openbox dbus >>"$root.log" 2>&1
	inside "$root" sh -c '
		mkdir -p /tmp/.X11-unix && chmod 1777 /tmp/.X11-unix
		mkfifo /tmp/display
		Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp -noreset 3>/tmp/display >/dev/null 2>&1 & x=$!
		read -r number </tmp/display
		export DISPLAY=:$number LIBGL_ALWAYS_SOFTWARE=1
		cuelight --sandbox --lang ko >/tmp/said 2>&1 & c=$!
		i=0
		until xdotool search --onlyvisible --name "^Cuelight" >/dev/null 2>&1; do
			i=$((i + 1)); [ $i -lt 60 ] || { echo "no window"; cat /tmp/said; kill $x; exit 1; }
			sleep 1
		done
		kill $c; wait $c; kill $x; wait $x; true'
	rm -rf "$root/root/.config" "$root/root/.cache" "$root/root/.local" # the user's own
	inside "$root" apt-get purge -y cuelight >>"$root.log" 2>&1
	local left
	left=$(inside "$root" find / -xdev \( -path /proc -o -path /var/cache -o -path /var/log \) -prune -o -iname '*cuelight*' -print |
		grep -vxE '/srv/cuelight.deb|/etc/dpkg/dpkg.cfg.d/cuelight|/tmp/.*' || true)
	umount "$root/proc"
	rm -rf --one-file-system "$root" "$root.before" "$root.log"
	[ -z "$left" ] || {
		echo "left behind: $left" >&2
		return 1
	}
}

linux() {
	local deb work fresh failed=0
	fresh=$(root fresh) || return 1
	deb=$(echo "$dist"/cuelight_*.deb)
	echo "== $(basename "$deb")"
	# There is no mail address yet that the package could name.
	lintian --fail-on error --suppress-tags bogus-mail-host,bogus-mail-host-in-debian-changelog,initial-upload-closes-no-bugs "$deb" || failed=1
	work=$(mktemp -d)
	dpkg-deb -x "$deb" "$work"
	desktop-file-validate "$work/usr/share/applications/kr.cuelight.app.desktop" || failed=1
	appstreamcli validate --no-net --explain "$work/usr/share/metainfo/kr.cuelight.app.metainfo.xml" || failed=1
	man -l --warnings "$work/usr/share/man/man1/cuelight.1.gz" 2>&1 >/dev/null | { ! grep .; } || failed=1
	rm -rf "$work"
	as_root unshare --mount --propagation unchanged "$script" in-fresh-root "$deb" "$fresh" || failed=1
	[ "$failed" = 0 ] && echo "installed, started and removed in a fresh Debian root"
	return "$failed"
}

# in_wine_root TEST ROOT: as root, in a mount namespace of its own.
in_wine_root() {
	local test=$1 root=$2
	mount --make-rprivate / 2>/dev/null || true
	mount -t proc proc "$root/proc"
	mount -t tmpfs tmpfs "$root/tmp"
	mount -t tmpfs tmpfs "$root/mnt"
	mkdir "$root/mnt/packages"
	mount --bind "$dist" "$root/mnt/packages"
	cd app/endtoend/packaged
	CUELIGHT_WINE_ROOT=$root CUELIGHT_REAL=1 "$test" -test.v -test.timeout 10m
}

windows() {
	echo "== Windows, under Wine"
	local test wine
	wine=$(root wine) || return 1
	test=$(mktemp -d)
	.ci/scripts/go.sh test -c -o "$test/packaged.test" ./app/endtoend/packaged
	local failed=0
	as_root unshare --mount --propagation unchanged "$script" in-wine-root "$test/packaged.test" "$wine" || failed=1
	rm -rf "$test"
	return "$failed"
}

# each runs every part, so that one run shows all that fails.
each() {
	local part failed=
	for part; do "$part" || failed="$failed $part"; done
	[ -z "$failed" ] || {
		echo "Failed with packages:$failed" >&2
		return 1
	}
}

case ${1:-} in
'')
	make_packages
	each reproducible linux windows
	;;
linux | windows | reproducible) "$1" ;;
in-fresh-root) in_fresh_root "$2" "$3" ;;
in-wine-root) in_wine_root "$2" "$3" ;;
*)
	echo "usage: test-packages.sh [linux|windows|reproducible]" >&2
	exit 2
	;;
esac
