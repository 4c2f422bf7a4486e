// Package timer is the clock that widgets run on: real, or moved by hand in tests.
package timer
