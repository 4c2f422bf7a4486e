#!/usr/bin/env bash
# Tries Cuelight in the sandbox: in its window where there is a display, else
# the main job in the terminal. Nothing real is touched either way.
set -euo pipefail
cd "$(dirname "$0")/../.."
cuelight=$PWD/build/cuelight

# A DISPLAY that is left over from elsewhere does not count.
has_display() {
	[ -n "${WAYLAND_DISPLAY:-}" ] && return 0
	case ${DISPLAY:-} in
	'') return 1 ;;
	:*) local number=${DISPLAY#:} && [ -S "/tmp/.X11-unix/X${number%%.*}" ] ;;
	*) return 0 ;;
	esac
}

if [ "${1:-}" != inside ] && has_display; then
	echo "Opening Cuelight's window in the sandbox: nothing real is touched."
	# shellcheck disable=SC2086 # CUELIGHT_RUN is a list of arguments
	exec "$cuelight" --sandbox ${CUELIGHT_RUN:-}
fi

if [ "${1:-}" != inside ]; then
	echo "No display here, so here is the main job in the terminal, in the sandbox."
	echo "Everything in it is simulated on this machine; nothing real is touched."
	.ci/scripts/need.sh keyring
	home=$(mktemp -d)
	trap 'rm -rf "$home"' EXIT
	mkdir -p "$home/.cache" "$home/.local/share/keyrings" "$home/run"
	chmod 700 "$home/run"
	# A session and a keyring of its own: the commands are separate processes,
	# and what one keeps the next one finds.
	HOME=$home XDG_RUNTIME_DIR=$home/run CUELIGHT_CONFIG=$home/cuelight \
		dbus-run-session -- .ci/scripts/run.sh inside
	echo
	echo "That was the sandbox. With a display, make run opens the window; README.md leads on to a real account."
	exit 0
fi

printf 'practice' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1

show() {
	printf '\n$ cuelight --sandbox'
	printf ' %q' "$@"
	printf '\n'
	"$cuelight" --sandbox "$@"
}

show login --number 111111
show setup
show update --title "My first broadcast with Cuelight" --category 40066 --hashtags cuelight,practice
show start
show status
show stop
show restore
