//go:build !windows

package obs

// installedFolders: only Windows notes them in a place of its own.
func installedFolders() []string { return nil }
