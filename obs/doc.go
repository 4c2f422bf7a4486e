// Package obs is Cuelight's side of OBS Studio: it speaks obs-websocket v5 to
// it, reads and writes the stream service, starts and stops the stream with a
// watchdog, reads profile, scenes and sound, and places overlays.
//
// The vocabulary (request, response and message types) is that of goobs; the
// connection is our own. A connection that is held for hours needs deadlines,
// pings, contexts and typed close codes at every step, and goobs' own client
// cannot give those.
//
// A Client is one connection and dies with it. Package link keeps one alive for
// as long as a window is open, and package discovery finds where to dial.
// Nothing here ever writes OBS's files: what
// OBS is asked to change, it is asked over its websocket.
//
// Source of the protocol facts: obs-websocket, "protocol.md", version 5.x;
// what requests really do: the sources of OBS Studio 28 to 32.
package obs
