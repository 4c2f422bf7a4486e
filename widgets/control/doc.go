// Package control holds what can be pressed: buttons, chips, switches, choices and
// the rail of a window, all built on Pressable.
package control
