package state

import (
	"slices"
	"time"

	"cuelight/providers"
)

// liveLag is how long a platform may go on telling the title of before a change
// that it has taken.
const liveLag = 2 * time.Minute

// A refresh never touches the draft, but for fields that turned out to be what
// the platform holds already: those are no change any more.
func (e BroadcastRead) apply(s State) State {
	if e.Account != s.Account.Name || e.Channel != s.Account.Channel {
		return s
	}
	s.Broadcast.Err = e.Err
	if e.Err != nil {
		return s
	}
	b := s.Broadcast
	if b.Known {
		b.Conflicts = addFields(b.Conflicts, b.ChangedElsewhere(b.Draft, e.Confirmed))
	}
	if known := b.Confirmed.Category; e.Confirmed.Category.Name == "" && e.Confirmed.Category.Number == known.Number {
		e.Confirmed.Category = known // a platform's settings give the number alone
	}
	b.Known, b.Confirmed, b.ConfirmedAt, b.Assumed = true, e.Confirmed, e.At, nil
	s.Broadcast = b.redrafted(WithoutEqual(b.Draft, e.Confirmed))
	return s
}

// ChangedElsewhere names the fields of a change whose value on the platform was
// changed by somebody else: it is neither what was confirmed nor what the
// change says.
func (b BroadcastState) ChangedElsewhere(change providers.Patch, now providers.Broadcast) []providers.FieldID {
	return slices.DeleteFunc(conflicts(change, b.Confirmed, now), func(id providers.FieldID) bool {
		return slices.Contains(b.Assumed, id)
	})
}

// Unsettled names the fields of a change that the draft sets to the same and
// that were changed elsewhere, with nothing decided about it yet.
func (b BroadcastState) Unsettled(change providers.Patch) []providers.FieldID {
	var found []providers.FieldID
	for _, id := range stillSet(b.Conflicts, change) {
		if sameValues(Only(change, id), Only(b.Draft, id)) {
			found = append(found, id)
		}
	}
	return found
}

// Setting a field to what the platform holds drops it, unless a change is on
// its way: what the platform holds is not known then.
func (e DraftChanged) apply(s State) State {
	if e.Account != s.Account.Name || e.Channel != s.Account.Channel {
		return s
	}
	draft := s.Broadcast.Draft
	for _, id := range e.Drop {
		draft = Without(draft, id)
	}
	draft = Merge(draft, e.Set)
	if s.Broadcast.Known && !s.Tasks[TaskApply].Running {
		draft = WithoutEqual(draft, s.Broadcast.Confirmed)
	}
	s.Broadcast = s.Broadcast.redrafted(draft)
	s.Broadcast.Problems = e.Check.problems(draft)
	return s
}

func (e DraftDiscarded) apply(s State) State {
	if e.Account != s.Account.Name || e.Channel != s.Account.Channel {
		return s
	}
	s.Broadcast = s.Broadcast.redrafted(providers.Patch{})
	return s
}

func (e DraftLoaded) apply(s State) State {
	if e.Account != s.Account.Name || e.Channel != s.Account.Channel {
		return s
	}
	edits := s.Broadcast.Edits
	s.Broadcast = s.Broadcast.redrafted(followed(s.Broadcast.Draft, e.Before, e.After))
	s.Broadcast.Edits = edits
	s.Broadcast.Problems = e.Check.problems(s.Broadcast.Draft)
	return s
}

// problems sorts what is wrong with a draft by field.
func (check DraftCheck) problems(draft providers.Patch) map[providers.FieldID]error {
	if check == nil || draft.Empty() {
		return nil
	}
	return Problems(check(draft))
}

// redrafted gives b with another draft and without what belonged only to fields
// that it does not set.
func (b BroadcastState) redrafted(draft providers.Patch) BroadcastState {
	if draft != b.Draft {
		b.Edits++
	}
	b.Draft = draft
	b.Conflicts = stillSet(b.Conflicts, draft)
	b.Problems = stillWrong(b.Problems, draft)
	return b
}

// What was sent is confirmed, on the air as well; what the user typed meanwhile
// stays a draft.
func (e Applied) apply(s State) State {
	if e.Account != s.Account.Name || e.Channel != s.Account.Channel {
		return s
	}
	b := s.Broadcast
	if b.Known {
		b.Undo = inverse(e.Sent, b.Confirmed)
	}
	b.Confirmed = overlay(b.Confirmed, e.Sent)
	b.Known, b.ConfirmedAt, b.AppliedAt, b.Err = true, e.At, e.At, nil
	b.Assumed = addFields(b.Assumed, e.Sent.Fields())
	s.Broadcast = b.redrafted(WithoutEqual(withoutSent(withoutSent(b.Draft, e.Sent), e.Asked), b.Confirmed))
	if s.Live.OnAir {
		s.Live.Replaced, s.Live.ReplacedAt = s.Live.Live, e.At
		if e.Sent.Title != nil {
			s.Live.Title = *e.Sent.Title
		}
		if e.Sent.Category != nil {
			s.Live.Category = b.Confirmed.Category
		}
	}
	return s
}

func (e ConflictResolved) apply(s State) State {
	s.Broadcast.Conflicts = slices.DeleteFunc(slices.Clone(s.Broadcast.Conflicts), func(id providers.FieldID) bool { return id == e.Field })
	return s
}

// An answer that is still the one of before a change that was taken does not
// bring the old title back.
func (e LiveRead) apply(s State) State {
	if e.Account != s.Account.Name || e.Channel != s.Account.Channel {
		return s
	}
	s.Live.Err, s.Live.At = e.Err, e.At
	if e.Err != nil {
		return s
	}
	if e.endsLoss(s.OBS) {
		s.OBS = s.OBS.inSight()
	}
	was := s.Live
	s.Live.Known, s.Live.Live = true, e.Live
	switch {
	case e.Live.OnAir:
		s.Live.OffSince = time.Time{}
	case s.Live.OffSince.IsZero():
		s.Live.OffSince = e.At
	}
	lags := false
	if e.Live.OnAir && !was.ReplacedAt.IsZero() && e.At.Sub(was.ReplacedAt) <= liveLag {
		if e.Live.Title == was.Replaced.Title && was.Title != e.Live.Title {
			s.Live.Title, lags = was.Title, true
		}
		if number := e.Live.Category.Number; number == was.Replaced.Category.Number && was.Category.Number != number {
			s.Live.Category, lags = was.Category, true
		}
	}
	if !lags {
		s.Live.Replaced, s.Live.ReplacedAt = providers.Live{}, time.Time{}
	}
	return s
}
