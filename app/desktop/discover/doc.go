// Package discover is the screen of who is live now.
package discover
