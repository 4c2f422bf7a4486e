// Package kit is what the screens of the window share: the UI with its texts, use
// cases in the background and messages; the interfaces that make something a screen;
// and layouts, panes and sheets. Screens import kit and not each other; what one of
// them wants of another goes through Actions, which the window fills in.
package kit
