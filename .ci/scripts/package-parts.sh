#!/usr/bin/env bash
# What the packages of every system have in common; sourced by package.sh and
# package-windows.sh, which are in the repository's root. Everything in a package
# comes from git or from what git names: built twice, it has the same bytes.
go=.ci/scripts/go.sh
number=$(sed -n 's/^const Number = "\(.*\)"$/\1/p' internal/version/version.go)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
export TZ=UTC LC_ALL=C.UTF-8

version=$(.ci/scripts/version.sh)
# The same bytes wherever it is built: no paths, no identity of the build.
linker="-s -w -buildid= $(.ci/scripts/version.sh --linker)"

# say_version PROGRAM: fails where a program says another version than its package.
say_version() {
	local said
	said=$("$1" --version)
	[ "$said" = "cuelight $version" ] || {
		echo "$1 says it is '$said', and the package would be $version." >&2
		exit 1
	}
}

# licences FILE: those of everything that is linked into the program of this GOOS.
licences() {
	local path version folder file
	{
		echo "Cuelight contains the work of others, under the licences below."
		printf '\n==== The Go programming language and its libraries\n\n'
		cat "$("$go" env GOROOT)/LICENSE"
		printf '\n==== Pretendard\n\n'
		cat app/desktop/look/fonts/LICENSE.txt
		"$go" list -deps -tags migrated_fynedo -f '{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' . | LC_ALL=C sort -u |
			while read -r path version folder; do
				printf '\n==== %s %s\n' "$path" "$version"
				find "$folder" -maxdepth 1 -type f | LC_ALL=C sort | grep -iE '/(licen[cs]e|copying|notice|unlicense)[^/]*$' >"$work/found" || {
					echo "no licence in $path $version" >&2
					exit 1
				}
				while read -r file; do
					echo
					cat "$file"
				done <"$work/found"
			done
	} | tr -d '\r' >"$1"
}

# sbom PROGRAM FILE: the modules that a program says it is made of, as CycloneDX.
sbom() {
	"$go" run -trimpath -buildvcs=false github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.9.0 bin \
		-json -noserial -licenses -version "$version" -output "$2" "$1" 2>"$work/sbom.log" || {
		cat "$work/sbom.log" >&2
		exit 1
	}
	# It is of the commit, and not of the moment.
	sed -i -E "s/\"timestamp\": \"[^\"]*\"/\"timestamp\": \"$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)\"/" "$2"
}

# dated FOLDER: every file in it is of the day of the commit, for everybody to read.
dated() {
	find "$1" -type d -exec chmod 755 {} + -o -type f -perm -u+x -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
	find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

# checksums FOLDER: SHA256SUMS of the packages in it, and what was made, with sizes.
checksums() {
	(cd "$1" && find . -maxdepth 1 -type f ! -name SHA256SUMS -printf '%P\n' | LC_ALL=C sort | xargs -r sha256sum >SHA256SUMS)
	echo "== in $1"
	(cd "$1" && while read -r sum file; do
		printf '   %-52s %6.1f MB  %s…\n' "$file" "$(stat -c %s "$file" | awk '{ print $1 / 1e6 }')" "${sum:0:16}"
	done <SHA256SUMS)
}
