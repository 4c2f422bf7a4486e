#!/usr/bin/env bash
# Makes sure that Debian or Ubuntu packages are installed, and says which ones
# it installs. Nothing missing: no apt, no network, a few milliseconds.
#   .ci/scripts/need.sh GROUP…     groups: go build tests roots bench keyring windows
#                                  package checkpackage
set -euo pipefail
cd "$(dirname "$0")/../.."

# A word is a package, or COMMAND=PACKAGE: satisfied when the command is there.
packages() {
	case $1 in
	build) echo gcc libc6-dev pkg-config libgl1-mesa-dev libx11-dev libxcursor-dev libxrandr-dev \
		libxinerama-dev libxi-dev libxxf86vm-dev libwayland-dev libxkbcommon-dev ;;
	tests) echo ffmpeg=ffmpeg obs=obs-studio obs-plugins Xvfb=xvfb openbox=openbox xdotool=xdotool xprop=x11-utils import=imagemagick \
		dbus-daemon=dbus gnome-keyring-daemon=gnome-keyring nginx=nginx libnginx-mod-rtmp \
		libgl1-mesa-dri fonts-noto-cjk dunst=dunst pulseaudio=pulseaudio paplay=pulseaudio-utils ;;
	bench) echo obs=obs-studio obs-plugins Xvfb=xvfb openbox=openbox xdotool=xdotool import=imagemagick \
		dbus-daemon=dbus gnome-keyring-daemon=gnome-keyring libgl1-mesa-dri fonts-noto-cjk \
		python3=python3 python3-simpleobsws node=nodejs ;;
	roots) echo debootstrap=debootstrap debian-archive-keyring ;;
	keyring) echo dbus-run-session=dbus gnome-keyring-daemon=gnome-keyring ;;
	windows) echo x86_64-w64-mingw32-gcc=gcc-mingw-w64-x86-64 ;;
	package) echo dpkg-deb=dpkg makensis=nsis zip=zip xz=xz-utils x86_64-w64-mingw32-gcc=gcc-mingw-w64-x86-64 ;;
	checkpackage) echo lintian=lintian desktop-file-validate=desktop-file-utils appstreamcli=appstream man=man-db compare=imagemagick ;;
	*) echo "need.sh: no group $1" >&2; exit 2 ;;
	esac
}

installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

present() {
	case $1 in
	*=*) command -v "${1%%=*}" >/dev/null 2>&1 || installed "${1#*=}" ;;
	*) installed "$1" ;;
	esac
}

known() { apt-cache show "$1" >/dev/null 2>&1; }

sudo=()
if [ "$(id -u)" != 0 ]; then sudo=(sudo); fi

updated=
apt_install() {
	if [ "${CUELIGHT_APT:-}" = no ] || ! command -v apt-get >/dev/null; then
		echo "Missing, and not to be installed from here: $*" >&2
		echo "Install them (Debian's names) and run this again." >&2
		exit 1
	fi
	if [ ${#sudo[@]} -gt 0 ] && ! command -v sudo >/dev/null; then
		echo "Missing: $*. Installing them needs root: run as root, or install sudo." >&2
		exit 1
	fi
	echo "Installing with apt: $*"
	if [ -z "$updated" ]; then
		"${sudo[@]}" apt-get update -qq
		updated=yes
	fi
	local all
	all=$(apt-get install -s --no-install-recommends "$@" 2>/dev/null | grep -c '^Inst' || true)
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
		-o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 "$@" |
		sed -nuE 's/^Setting up ([^ ]+) .*/\1/p' | .ci/scripts/progress.sh "installing package" "$all"
}

# Debian starts a web server at port 80 when nginx is installed. The tests run
# their own, so the one that came along is put to rest.
rest_nginx() {
	[ -d /run/systemd/system ] || return 0
	echo "Switching off the web server that came with nginx; the tests start their own."
	"${sudo[@]}" systemctl disable --now nginx >/dev/null 2>&1 || true
}

need_packages() {
	local word missing=()
	for word in $(packages "$1"); do
		present "$word" || missing+=("${word#*=}")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	apt_install "${missing[@]}"
	case " ${missing[*]} " in *" nginx "*) rest_nginx ;; esac
}

# Chromium has many names; Ubuntu's package is a wrapper that fetches a snap.
need_browser() {
	local name
	for name in "${CUELIGHT_BROWSER:-}" chromium chromium-browser google-chrome google-chrome-stable; do
		if [ -n "$name" ] && command -v "$name" >/dev/null; then return 0; fi
	done
	if grep -qi '^ID=ubuntu' /etc/os-release; then apt_install chromium-browser; else apt_install chromium; fi
}

need_go() {
	.ci/scripts/go.sh --which >/dev/null && return 0
	local want name
	want=$(sed -n 's/^go //p' go.mod)
	for name in "golang-${want%.*}-go" golang-go; do
		if known "$name" && ! installed "$name"; then
			apt_install "$name"
			.ci/scripts/go.sh --which >/dev/null && return 0
		fi
	done
	# A fresh machine has no package lists to know anything by.
	if [ -z "$updated" ] && ! installed golang-go; then
		apt_install golang-go
		.ci/scripts/go.sh --which >/dev/null && return 0
	fi
	echo "Cuelight needs Go $want, and this system's packages have no Go that is or fetches it." >&2
	if [ "$(cd / && "$(command -v go || echo true)" env GOTOOLCHAIN 2>/dev/null)" = local ]; then
		echo "GOTOOLCHAIN=local is set: without it, Go 1.21 or newer fetches Go $want by itself." >&2
	fi
	echo "Install it from https://go.dev/dl/ into /usr/local/go (or set CUELIGHT_GO), then run this again." >&2
	exit 1
}

for group in "$@"; do
	case $group in
	go) need_go ;;
	tests)
		need_packages tests
		need_browser
		;;
	*) need_packages "$group" ;;
	esac
done
