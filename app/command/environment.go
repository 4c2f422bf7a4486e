package command

import "os"

// environmentLanguage is the language that the environment asks for, where it
// is not the system's own.
func environmentLanguage() string { return os.Getenv("CUELIGHT_LANG") }
