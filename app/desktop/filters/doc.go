// Package filters is the screen of what is kept out of the platform's lists.
package filters
