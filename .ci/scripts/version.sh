#!/usr/bin/env bash
# Tells the version that this source has: its number, the day of the commit and the
# commit.
#   version.sh            0.1.0+20261125.1a2b3c4
#   version.sh --linker   the linker's flag that tells it to the program; nothing
#                         where this is no git repository
# Go's own stamp is not used: it is left out in git's worktrees, and where Go is set so.
set -euo pipefail
cd "$(dirname "$0")/../.."
number=$(sed -n 's/^const Number = "\(.*\)"$/\1/p' internal/version/version.go)
built=
if git rev-parse --git-dir >/dev/null 2>&1; then
	built=$(TZ=UTC git log -1 --date=format-local:%Y%m%d --format=%cd.).$(git rev-parse HEAD | cut -c1-7)
	built=${built/../.}
	[ -z "$(git status --porcelain)" ] || built=$built.changed
fi
case ${1:-} in
'') echo "$number${built:++$built}" ;;
--linker) [ -z "$built" ] || echo "-X cuelight/internal/version.built=$built" ;;
*)
	echo "usage: version.sh [--linker]" >&2
	exit 2
	;;
esac
