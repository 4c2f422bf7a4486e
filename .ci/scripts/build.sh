#!/usr/bin/env bash
# Builds build/cuelight and says how far it is: the first time, modules are fetched
# and the window's C code is compiled, which takes minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
go=.ci/scripts/go.sh
mkdir -p build
said=$(mktemp)
trap 'rm -f "$said"' EXIT

# fetch fetches what is not here yet. -x tells of each file; the archives count.
fetch() {
	local modules
	modules=$(awk '$2 !~ /\/go\.mod$/' go.sum | wc -l)
	"$go" mod download -x 2> >(tee "$said" | sed -nuE 's#^\# get .*/([^/]+/[^/]+)/@v/([^ ]*)\.zip$#\1 \2#p' |
		.ci/scripts/progress.sh "fetching module" "$modules") || {
		grep -v '^# get' "$said" >&2
		return 1
	}
}

# compile builds. -v names each package when its compiling begins, and none that is
# here already; what it says otherwise is an error.
compile() {
	local packages
	packages=$("$go" list -deps -tags migrated_fynedo . | wc -l)
	"$go" build -v -p "${CUELIGHT_JOBS:-2}" -tags migrated_fynedo -trimpath -ldflags "-s -w $(.ci/scripts/version.sh --linker)" -o build/cuelight . 2>&1 | tee "$said" |
		.ci/scripts/progress.sh "compiling package" "$packages" || {
		cat "$said" >&2
		return 1
	}
}

echo "Building build/cuelight (the first time takes a few minutes; the window's C code most of them)."
fetch
compile
