// Package layouts places objects in columns and in flowing rows.
package layouts
