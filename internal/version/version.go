// Package version tells which Cuelight this is.
package version

// Number is the semantic version, without a leading v.
const Number = "0.1.0"

// built is the day and the commit that the program was built from, such as
// 20261125.1a2b3c4, and ".changed" behind it where the source was not what that
// commit holds. Only the linker writes it: .ci/scripts/version.sh has the flag.
var built string

// Full is Number with the day and the commit, where the build told them.
func Full() string { return withBuild(built) }

func withBuild(built string) string {
	if built == "" {
		return Number
	}
	return Number + "+" + built
}
