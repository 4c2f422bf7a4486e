// Package realparts runs the real programs that tests meet Cuelight with,
// beside OBS: a session bus with a GNOME keyring, nginx as the RTMP ingest, a
// Chromium without a screen, and any other process whose output matters.
//
// Everything lives in folders of its own and on free ports, and dies with the
// test. Where a program is not installed a test is skipped, unless
// CUELIGHT_REAL=1 demands the real parts: then it fails. The programs are
// Linux's; on other systems the package is empty.
package realparts
