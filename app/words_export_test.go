package app

import "cuelight/app/state"

// The words of this package's errors are in a package that imports this one;
// its half of these tests fills these in.
var (
	// Explain puts an error into the words of a language.
	Explain func(lang string, err error) (what, do string)
	// ExplainCheck does so with a check before going live.
	ExplainCheck func(lang string, c state.Preflight) (what, why, cure string)
)
