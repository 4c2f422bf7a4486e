// Package settings is the screen of what the user decides about the program itself,
// and the sheets that help to reach OBS.
package settings
