package destination

import "cuelight/app/storage"

// scope is where something is kept and locked: secrets in a keyring's names, and
// locks in a folder.
type scope struct {
	vault Vault
	locks *storage.Locks
}

// scopes are the two there are: own is of this Cuelight alone, shared of every
// Cuelight that may be at a real OBS, the sandbox and the ordinary one.
type scopes struct{ own, shared scope }

// of is the scope of what concerns a place. The sandbox's own OBS is nobody
// else's.
func (s scopes) of(at place) scope {
	if at.OBS == simulatedOBS {
		return s.own
	}
	return s.shared
}
