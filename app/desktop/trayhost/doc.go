// Package trayhost tells whether the desktop shows tray icons.
package trayhost
