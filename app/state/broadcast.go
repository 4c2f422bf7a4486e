package state

import (
	"time"

	"cuelight/providers"
)

// BroadcastState is the broadcast's settings: what the platform confirmed, and
// the user's draft beside it.
type BroadcastState struct {
	// Known: Confirmed holds the platform's answer.
	Known     bool
	Confirmed providers.Broadcast
	// ConfirmedAt is when the platform said so.
	ConfirmedAt time.Time
	// AppliedAt is when the platform last took a change made here.
	AppliedAt time.Time
	// Draft holds the fields the user touched and has not sent.
	Draft providers.Patch
	// Edits counts the changes made to the draft in this process, unlike those
	// taken over from what is kept of it; see DraftLoaded.
	Edits int
	// Assumed are fields of Confirmed that were sent and taken, but not read back
	// yet: a platform may have tidied them up.
	Assumed []providers.FieldID
	// Limits are the fields the platform has.
	Limits providers.Limits
	// Conflicts are fields of the draft that were changed elsewhere since they
	// were touched; see KeepMine and TakeTheirs.
	Conflicts []providers.FieldID
	// Undo would bring back what the last applied change replaced; empty where
	// there is nothing to undo.
	Undo providers.Patch
	// Problems are what Check says of the draft, by field.
	Problems map[providers.FieldID]error
	Err      error
}

// Shown gives the settings as the user means them: the draft over what was
// confirmed.
func (b BroadcastState) Shown() providers.Broadcast { return overlay(b.Confirmed, b.Draft) }

// Readable reports whether there is something to show: what the platform holds, or
// what it held when the sign-in was lost.
func (b BroadcastState) Readable() bool { return b.Known || !b.ConfirmedAt.IsZero() }

// LiveState is what the platform says about being on air.
type LiveState struct {
	// Known is false where the platform has no answer to give.
	Known bool
	providers.Live
	At  time.Time
	Err error
	// OffSince is when the platform first said that it is off air; zero while it is on
	// air or has not said.
	OffSince time.Time
	// Replaced is what the platform said before a change was applied, and when
	// that was: its answer may lag behind its own settings.
	Replaced   providers.Live
	ReplacedAt time.Time
}
