package kit

import "cuelight/app/state"

// Platform names an account's platform in the user's language.
func (t *Texts) Platform(a state.AccountState) string {
	return t.words.PlatformName(a.Platform, a.PlatformName)
}

// AccountName is an account as the user knows it: by the name given to it. The
// accounts that the sandbox comes with are named in the user's language.
func (t *Texts) AccountName(s state.State, name string) string {
	if !s.Sandbox {
		return name
	}
	return t.words.Name("account."+name, name)
}
