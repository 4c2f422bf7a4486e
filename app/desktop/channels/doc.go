// Package channels is the screen where a channel or room is chosen, at platforms
// that have several in one account.
package channels
