// Package paint holds what all widgets are drawn with: theme look-ups, tones, text
// that is cut or broken to fit, signs of a state, and a renderer made of functions.
package paint
