// Package records is the screen of what has been: broadcasts, each with what happened
// in it, the program's own log, and the file that a helper needs.
package records
