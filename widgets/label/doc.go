// Package label holds texts: a line that is cut to its width, a paragraph that breaks
// over lines, and numbers that do not jitter.
package label
