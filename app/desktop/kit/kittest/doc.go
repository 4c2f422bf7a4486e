// Package kittest is what the tests of the window's screens share: a core that shows
// whatever State a test sets and notes what is asked of it, the States, and a rig that
// shows a screen on the toolkit's test driver.
package kittest
