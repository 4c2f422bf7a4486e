// Package capture keeps the window out of captures of the screen, so that viewers do not
// see it where the streamer shows the whole screen. Only Windows can: elsewhere it does
// nothing, and says so.
package capture
