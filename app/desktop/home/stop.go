package home

import (
	"context"

	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/widgets/control"
)

// Stop ends the broadcast, after asking in words that say what happens.
func (b *Broadcaster) Stop() {
	ui := b.ui
	ui.Confirm(ui.Text("stop.ask"), b.whatEnds(ui.Latest()),
		kit.Choice{Text: ui.Text("stop.no"), Kind: control.Plain, Then: nil},
		kit.Choice{Text: ui.Text("stop"), Kind: control.Danger, Then: func() {
			ui.Act(kit.StreamTimeout, func(ctx context.Context) error { return b.engine.Stop(ctx, nil) }, ui.Text("stop.done"))
		}})
}

// whatEnds says which broadcast ends with the stream. It is the one that OBS sends to,
// which need not be that of the account in use.
func (b *Broadcaster) whatEnds(s state.State) string {
	ui, other := b.ui, s.OnAirElsewhere()
	switch {
	case other != "":
		return ui.Text("stop.ask.more.other", words.Args{"Name": ui.AccountName(s, other)})
	case s.OBS.Matches == state.MatchNo && s.OBS.Place() != "":
		return ui.Text("stop.ask.more.place", words.Args{"Place": s.OBS.Place()})
	case s.OBS.Matches == state.MatchYes || s.OBS.SendsFor != "" || s.Live.StillOnAir() || !s.Account.Has.Ingest:
		return ui.Text("stop.ask.more", words.Args{"Platform": ui.Platform(s.Account)})
	}
	return ui.Text("stop.ask.more.unknown")
}
