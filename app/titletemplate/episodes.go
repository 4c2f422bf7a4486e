package titletemplate

import "time"

// Episodes counts the broadcasts of one preset or of one entry of the history:
// the number stays the same within a broadcast, and while it is prepared. The zero
// value begins at 1.
type Episodes struct {
	// Number is the last one sent; where SentAt is zero, it is the next one.
	Number int       `json:"number,omitempty"`
	SentAt time.Time `json:"sent_at,omitzero"`
	// Broadcast is the platform's number of the broadcast it was sent in; empty
	// where it was off air, or not known to be on air.
	Broadcast string `json:"broadcast,omitempty"`
}

// EpisodesFrom begins with a number.
func EpisodesFrom(number int) Episodes { return Episodes{Number: number} }

// Moment is what is known of the broadcast when a title is sent.
type Moment struct {
	Now time.Time
	// Known: the platform has said whether it is on air.
	Known bool
	// Broadcast is the platform's number of the one on air, see Live.ID; empty off
	// air.
	Broadcast string
	// LastEnded is when the last broadcast ended; zero where none was seen to.
	LastEnded time.Time
}

// At gives the number that a title sent now has.
func (e Episodes) At(m Moment) int {
	switch {
	case e.SentAt.IsZero():
		return max(e.Number, 1)
	case e.over(m):
		return e.Number + 1
	}
	return e.Number
}

// over reports whether the broadcast that the number was sent in, or for, has
// ended. The platform's numbers decide where there are any: a broadcast goes on
// after OBS's stream broke off.
func (e Episodes) over(m Moment) bool {
	if e.Broadcast != "" && m.Known {
		return e.Broadcast != m.Broadcast
	}
	return m.LastEnded.After(e.SentAt)
}

// Sent gives the count after a title was sent.
func (e Episodes) Sent(m Moment) Episodes {
	next := Episodes{Number: e.At(m), SentAt: m.Now, Broadcast: m.Broadcast}
	if !m.Known && next.Number == e.Number {
		next.Broadcast = e.Broadcast // it may go on
	}
	return next
}
