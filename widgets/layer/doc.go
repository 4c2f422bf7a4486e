// Package layer is the content of a window that shows tooltips and messages over
// everything else.
package layer
