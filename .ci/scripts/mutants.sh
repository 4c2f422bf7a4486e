#!/usr/bin/env bash
# Mutation testing: changes the code a little, many times, and looks whether a
# test notices. For the rooms where a mistake loses what is the user's; see
# MUTANTS.md for what survives and why that is no harm.
#   .ci/scripts/mutants.sh            all of them
#   .ci/scripts/mutants.sh PACKAGE…   such as app/config
set -euo pipefail
cd "$(dirname "$0")/../.."
go=.ci/scripts/go.sh
gremlins=github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0
packages=("$@")
[ ${#packages[@]} -gt 0 ] || packages=(app/config app/destination app/vault obs providers/oauth)
report=build/mutants
mkdir -p "$report"
for package in "${packages[@]}"; do
	echo "== $package"
	# One at a time: a mutant that only fails to finish in time on a busy machine
	# says nothing.
	exclude=()
	# Of obs, the writing of the stream service only.
	if [ "$package" = obs ]; then
		exclude=(-E '(obssim|obstest|link|discovery|meter|streamhealth|wire|fanout|switching|settings)/'
			-E '(audio|client|dialer|endpoint|errors|events|listen|meters|overlays|profile|scenes|stream|upgrade|doc)\.go')
	fi
	"$go" run "$gremlins" unleash --workers 1 --timeout-coefficient 20 \
		--threshold-efficacy 90 --threshold-mcover 90 "${exclude[@]}" \
		--output "$report/${package//\//-}.json" "./$package"
done
