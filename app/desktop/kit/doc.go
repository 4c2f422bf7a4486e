// Package kit is what the screens of the window share: the UI that they speak,
// ask, work and notify through, the interfaces that make something a screen, and
// the parts that they are laid out with. Screens know the kit and not each other;
// what one of them wants of another goes through Actions, which the window fills
// in.
package kit
