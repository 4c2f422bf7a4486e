// Package widgets holds the parts a desktop window for broadcasters is made of:
// fields that take Hangul well, a picker that searches ten thousand entries, chips,
// secrets that stay hidden, checklists, a cue light, and the small things around
// them. The package knows nothing of any platform or program: strings, pictures and
// callbacks come from the caller, colours and sizes from the toolkit's theme.
//
// What holds for all of them:
//
//   - They are built and changed on the window's goroutine, as all of the toolkit's
//     widgets. Timers come back through a Clock, which hands over to it.
//   - Whatever can be pressed can be reached with Tab and pressed with Space or
//     Enter, and shows a ring while it has the keyboard.
//   - A single line of text never pushes its neighbours away: it is cut with an
//     ellipsis, and the whole text shows while the pointer rests on it, where the
//     window's content is a Layer.
//   - Colour is never the only sign of a state.
//
// The grounds are taken from the theme as: Background (the window), OverlayBackground
// (cards), Button (raised things) and Separator (lines).
package widgets
