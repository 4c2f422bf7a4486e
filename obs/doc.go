// Package obs is Cuelight's side of OBS Studio: it finds OBS on the machine,
// speaks obs-websocket v5 to it, holds a supervised link, writes and restores
// the stream service, starts and stops the stream with a watchdog, samples its
// health and places overlays.
//
// The vocabulary (request, response and message types) is that of goobs; the
// connection is our own. A connection that is held for hours needs deadlines,
// pings, contexts and typed close codes at every step, and goobs' own client
// cannot give those.
//
// A Client is one connection and dies with it. A Link keeps one Client alive
// for as long as a window is open. Nothing here ever writes OBS's files: what
// OBS is asked to change, it is asked over its websocket.
//
// Source of the protocol facts: obs-websocket, "protocol.md", version 5.x;
// what requests really do: the sources of OBS Studio 28 to 32.
package obs
