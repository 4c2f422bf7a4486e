// Package discovery finds the OBS of this machine: it reads OBS's own settings
// to know where its websocket server listens and with which password, and says
// why where there is none. It never writes them and never dials.
//
// Source of the places and formats: the sources of OBS Studio 28 to 32.
package discovery
