// Package widgets is the root of the parts that a desktop window for broadcasters is
// made of. Its packages know nothing of any platform or program: strings, pictures and
// callbacks come from the caller, colours and sizes from the toolkit's theme.
//
//	paint, timer, tooltip      what widgets are drawn with, run on and explained by
//	label, surface, layouts    texts, cards and where things stand
//	control                    what can be pressed
//	input                      what can be typed in
//	rowlist                    lists of very many rows
//	status                     how things stand
//	layer                      tooltips and messages over a window
//	fakeclock, widgettest      for tests
//
// What holds for all of them:
//
//   - They are built and changed on the window's goroutine, as all of the toolkit's
//     widgets. Timers come back through a timer.Clock, which hands over to it.
//   - Whatever can be pressed can be reached with Tab and pressed with Space or
//     Enter, and shows a ring while it has the keyboard.
//   - A single line of text never pushes its neighbours away: it is cut with an
//     ellipsis, and the whole text shows while the pointer rests on it, where the
//     window's content is a layer.Layer.
//   - Colour is never the only sign of a state.
//
// The backgrounds are taken from the theme as: Background (the window),
// OverlayBackground (cards), Button (raised things) and Separator (lines).
package widgets
