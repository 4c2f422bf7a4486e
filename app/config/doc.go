// Package config is the only writer of the two files that hold what the user
// decided: the configuration (config.json) and the drafts of broadcast settings
// that were not sent yet (drafts.json). It also writes the change marker by
// which several Cuelights of one user tell each other that something changed.
//
// # How a change reaches the disk
//
// Each file belongs to one goroutine, which applies the changes in the order
// they were made and saves them. There are two ways in:
//
//   - Change never waits: memory holds the change when it returns, and the disk
//     follows within [SaveDelay]. It is for what a person does with the mouse
//     and the keyboard. A save that fails is told once, tried again, and loses
//     nothing in memory.
//   - Update returns when the change is on disk or has failed, and a change may
//     refuse, judged by what is on disk at that moment. It is for accounts and
//     for commands, whose process ends at once.
//
// A save works beside other processes: under the lock of all of them it reads
// the file again, applies the changes that wait to what is there now, and
// replaces the file in one step. Memory then is what was written, and the
// changes made meanwhile on top of it. So nothing that another process wrote is
// lost, and nothing stale is kept.
//
// # Whose draft counts
//
// The drafts are shared by all processes of one user, per account, channel and
// field. What is written is never a whole draft, only the fields that were
// changed here:
//
//   - A field that was typed here is written, whatever the file holds: the last
//     one to type wins.
//   - A field that was dropped here (it was sent, discarded, or turned out to be
//     what the platform holds) is dropped from the file if it still holds the
//     value that was dropped. A value typed elsewhere meanwhile stays.
//   - A field that was not touched here is taken over as the file has it: sent
//     or discarded elsewhere, it is gone here too and never comes back.
//
// A password is never written.
package config
