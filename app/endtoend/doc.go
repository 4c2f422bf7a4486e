// Package endtoend tests the built program from outside, as its users meet it:
// separate processes, a real OBS, a real keyring, a real browser, a real RTMP
// ingest, and the simulated platform in a process of its own.
//
// Nothing of Cuelight is imported here. What the program did is read back from
// OBS, the keyring, the ingest and the platform behind its back.
package endtoend
