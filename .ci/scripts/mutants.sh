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
# How long a mutant may take is counted in runs of the tests, hence none from the
# cache. The tests with real parts take minutes and come to the same code.
export GOFLAGS="${GOFLAGS:-} -count=1 -vet=off -skip=Real"
for package in "${packages[@]}"; do
	echo "== $package"
	# One at a time: a mutant that only fails to finish in time on a busy machine
	# says nothing.
	exclude=() coefficient=20
	# Of obs, the writing of the stream service only; its one run is of all tests of
	# obs and of what is below it.
	if [ "$package" = obs ]; then
		coefficient=3
		exclude=(-E '(obssim|obstest|link|discovery|encoder|meter|streamhealth|wire|fanout|switching|settings)/'
			-E '(audio|client|dialer|endpoint|errors|events|listen|meters|overlays|profile|scenes|stream|upgrade|doc)\.go')
	fi
	"$go" run "$gremlins" unleash --workers 1 --timeout-coefficient "$coefficient" \
		--threshold-efficacy 90 --threshold-mcover 90 "${exclude[@]}" \
		--output "$report/${package//\//-}.json" "./$package"
done
