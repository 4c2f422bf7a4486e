//go:build !windows

package discovery

// installedFolders: only Windows notes them in a place of its own.
func installedFolders() []string { return nil }
