// Package home is the screen for going live, with everything that leads to being on
// air and ends it.
package home
