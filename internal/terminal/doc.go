// Package terminal tells whether a file is a terminal, where a person can be asked.
package terminal
