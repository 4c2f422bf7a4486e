// Package oauth signs in through the user's own browser, for every platform
// that does so, and refreshes the token it yields.
//
// Begin opens a listener on exactly the loopback address that is registered
// with the platform, and Pending waits there for the one-time code. A Source
// turns the code into a token, stores it in the account's Vault, and replaces
// it in time: one refresh at a time across goroutines and processes, stored
// before it is used.
//
// Errors are *providers.Error. Their reasons, beyond those of the platforms:
//
//	signin.port_taken             another program listens on the redirect address
//	signin.port_denied            the system does not let us listen there
//	signin.redirect_invalid       the redirect address is none
//	signin.redirect_not_loopback  the redirect address leads to another machine
//	signin.timeout                the browser did not come back in time
//	signin.refused                the platform or the user said no
//	signin.state                  the answer belongs to another sign-in
//	signin.bad_paste              the pasted text holds no code
//	signin.over                   this sign-in has already ended
//	signin.none                   there is no token
//	signin.expired                the token has ended and cannot be replaced
//	signin.code_rejected          the code was wrong, used or too old
//	signin.client                 the client ID or client secret is wrong
//	signin.redirect_mismatch      the redirect address is not the registered one
//	signin.rejected               refused for another reason; see the message
package oauth

import (
	"crypto/rand"
	"crypto/subtle"
)

// NewState returns a random value for one sign-in, of at least 128 bits.
func NewState() string { return rand.Text() }

// sameState compares in constant time.
func sameState(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
