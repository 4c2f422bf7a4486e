// Package state is what Cuelight knows at one moment, as one immutable value,
// and how each event changes it. It is pure: no input or output, no locks, no
// clock. Faces render a State; the use cases and the owners emit Events.
package state
