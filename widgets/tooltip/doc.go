// Package tooltip shows a text beside a widget while the pointer rests on it.
package tooltip
