// Package overlays is the screen of what lies over the picture: chat, notices and
// goals as browser sources for OBS.
package overlays
