// Package notify reaches the user outside the window: with the system's own
// notifications, its bell, and a mark on the window in the taskbar.
//
// Linux and the BSDs get a notification over D-Bus of the highest urgency that
// asks for a sound, and under X11 the bell and a window that demands attention;
// Wayland offers neither of the last two. Windows gets a notification, the
// system's sound of an error, and a flashing taskbar. macOS gets a notification.
package notify
