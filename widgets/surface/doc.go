// Package surface holds the rounded surfaces that content stands on.
package surface
