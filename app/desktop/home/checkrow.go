package home

import (
	"cuelight/app/desktop/kit"
	"cuelight/app/state"
	"cuelight/app/words"
	"cuelight/providers"
	"cuelight/widgets/status"
)

// checkState is how a step of a checklist shows a check, and the name of that in the
// keys of words.
func checkState(s state.StepState) (status.CheckState, string) {
	switch s {
	case state.StepRunning:
		return status.CheckRunning, "running"
	case state.StepDone:
		return status.CheckDone, "done"
	case state.StepWarned:
		return status.CheckWarn, "warned"
	case state.StepFailed:
		return status.CheckFailed, "failed"
	case state.StepSkipped:
		return status.CheckSkipped, "skipped"
	default:
		return status.CheckPending, "pending"
	}
}

// preflightRow puts a check before going live into words.
func preflightRow(ui *kit.UI, c state.Preflight) status.CheckRow {
	x := ui.ExplainCheck(c)
	shown, _ := checkState(c.State)
	return status.CheckRow{State: shown, Title: x.What, Detail: kit.JoinSentences(x.Why, x.Said, x.Do)}
}

// channelRow asks for a channel.
func channelRow(ui *kit.UI) status.CheckRow {
	return status.CheckRow{
		State: status.CheckWarn, Title: ui.Text("channel.choose"), Detail: ui.Text("channel.choose.more"),
		Action: ui.Text("channel.choose.do"), OnAction: ui.Actions.ChooseChannel,
	}
}

// checkRow puts one check of the way to being on air into words.
func (b *Broadcaster) checkRow(c state.Check) status.CheckRow {
	ui := b.ui
	args := words.Args{"Platform": ui.Platform(ui.State().Account), "Detail": c.Detail}
	if c.ID == "signin" && ui.State().Account.PlatformName == "" {
		args["Platform"] = ui.Text("platform")
	}
	subject := c.ID
	if _, has := ui.State().Broadcast.Limits[providers.FieldCategory]; c.ID == "details" && !has {
		subject = "title" // a platform without categories
	}
	shown, name := checkState(c.State)
	if !ui.State().OBS.LostOnAir.IsZero() && ui.HasText("check."+c.ID+".lost") && (name == "warned" || name == "failed") {
		name = "lost"
	}
	if c.ID == "service" && name == "failed" && ui.State().OBS.Matches == state.MatchNo {
		name = kit.Either(c.Detail == "", "nowhere", "elsewhere")
	}
	if !ui.State().OBS.UnseenSince.IsZero() && c.ID == "send" {
		name = "unseen"
	}
	row := status.CheckRow{State: shown, Title: ui.Text("check."+subject+"."+name, args), Detail: c.Detail}
	if c.ID == "obs" && c.State == state.StepDone {
		row.Detail = "OBS " + c.Detail
	}
	if c.Err != nil {
		x := ui.Explain(c.Err)
		row.Detail = kit.JoinSentences(x.What, x.Why, x.Said)
		switch {
		case c.ID == "details":
			row.Detail = x.What // the card beside it says the rest
		case c.Action == state.ActionNone:
			row.Detail = kit.JoinSentences(row.Detail, x.Do)
		}
	} else if key := "check." + c.ID + "." + name + ".detail"; c.State != state.StepDone && ui.HasText(key) {
		row.Detail = ui.Text(key, args)
	}
	if c.Action != state.ActionNone {
		row.Action, row.ActionID = ui.Text("action."+string(c.Action)), c.ID+"."+string(c.Action)
		row.OnAction = func() { b.do(c.Action) }
	}
	return row
}

// do is what a check of the checklist offers.
func (b *Broadcaster) do(action state.Action) {
	switch action {
	case state.ActionAddAccount:
		b.ui.Actions.AddAccount()
	case state.ActionSignIn:
		b.ui.Actions.SignIn()
	case state.ActionOBSHelp:
		b.ui.Actions.HelpOBS()
	case state.ActionOBSPassword:
		b.ui.Actions.AskOBSPassword()
	case state.ActionOBSUnprotected:
		b.ui.Actions.AskUnprotected()
	case state.ActionOBSRetry:
		b.engine.RetryOBS()
	case state.ActionSetUp:
		b.SetUp()
	case state.ActionEdit:
		b.editTitle()
	case state.ActionStart:
		b.GoLive()
	case state.ActionStop:
		b.Stop()
	}
}
