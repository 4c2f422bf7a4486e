// Package vault owns every secret that Cuelight keeps: tokens, client secrets,
// stream keys and passwords. It is the only code that calls the system's
// keyring.
//
// Every call has a deadline. When the keyring fails, the Vault goes on in
// memory for the rest of the run and says so with an event; it never writes a
// plain file. A value that is too large for one item of the keyring is stored
// in parts, so that a process killed at any moment leaves the old value or the
// new one.
package vault
