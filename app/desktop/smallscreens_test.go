package desktop

import (
	"context"
	"errors"
	"strings"
	"testing"

	"cuelight/app"
	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/providers"
	"cuelight/widgets/control"
	"cuelight/widgets/input"
)

func opened(t *testing.T, s state.State, id screenID, given func(*fakeEngine)) *rig {
	t.Helper()
	r := newRig(t, s, "dark", "ko")
	if given != nil {
		given(r.fake)
	}
	r.shell.open(id)
	return r
}

func TestAScreenThatThePlatformHasNotIsAbsent(t *testing.T) {
	r := newRig(t, full(), "dark", "ko")
	r.shell.open(screenDiscover)
	if r.shell.at != screenHome {
		t.Errorf("at %s", r.shell.at)
	}
	r.fake.set(func(s *state.State) { s.Account.Has = everything })
	r.render()
	r.shell.open(screenDiscover)
	if r.shell.at != screenDiscover {
		t.Fatal("it is not there where the platform has it")
	}
	answered(r)
	r.fake.set(func(s *state.State) { s.Account.Has.Directory = false })
	r.render()
	if r.shell.at != screenHome {
		t.Error("one stays on a screen that is gone")
	}
}

func TestAnOverlayIsAddedToTheSceneChosen(t *testing.T) {
	r := opened(t, all(), screenOverlays, func(e *fakeEngine) {
		e.place = func(_, _, _, source string) (app.OverlayPlaced, error) {
			return app.OverlayPlaced{Source: source, Added: true}, nil
		}
	})
	overlaysThere(r)
	o := r.screenShown().(*overlays)
	o.scene.SetPicked(input.PickItem{ID: "게임", Name: "게임"})
	card := o.cards[1]
	r.press(card.add)
	r.until("it is added", func() bool { return card.result.object.Visible() })
	if r.fake.times("add notice pc 게임") != 1 || !strings.Contains(card.result.text.Text(), "게임에 “SOOP 알림”") {
		t.Errorf("asked %v; says %q", r.fake.asked, card.result.text.Text())
	}
}

func TestAnOverlaysAddressIsMaskedAndForgotten(t *testing.T) {
	r := opened(t, all(), screenOverlays, nil)
	overlaysThere(r)
	card := r.screenShown().(*overlays).cards[0]
	if card.field.Revealed() || card.address.Empty() {
		t.Fatal("the address is shown, or missing")
	}
	r.press(card.preview)
	r.until("the preview", func() bool { return r.fake.called("open https://overlay.example/chat") })
	r.shell.open(screenHome)
	if !card.address.Empty() {
		t.Error("the address is still held")
	}
}

func TestOverlaysNeedOBSOnlyToBeAdded(t *testing.T) {
	r := opened(t, overlaysNoOBS(), screenOverlays, nil)
	overlaysThere(r)
	o := r.screenShown().(*overlays)
	if card := o.cards[0]; !card.add.Disabled() || card.preview.Disabled() || !o.hint.Visible() {
		t.Error("without OBS it can be added, or not even looked at")
	}
	r.fake.set(func(s *state.State) { s.OBS.Link = state.LinkUp })
	r.render()
	if o.cards[0].add.Disabled() {
		t.Error("with OBS back it cannot be added")
	}
}

func TestAnOBSWithoutBrowserSourcesIsSaidInWords(t *testing.T) {
	r := opened(t, all(), screenOverlays, withoutBrowserSource)
	overlaysThere(r)
	card := r.screenShown().(*overlays).cards[0]
	card.place()
	r.until("the failure", func() bool { return card.result.object.Visible() })
	if want := r.explain(&obs.Error{Kind: obs.ErrNoKind}).Line(); card.result.text.Text() != want || !strings.Contains(want, "브라우저 소스") {
		t.Errorf("says %q", card.result.text.Text())
	}
}

func TestThePlatformsOwnFiltersCannotBeTouched(t *testing.T) {
	r := opened(t, all(), screenFilters, withFilters)
	filtersThere(r)
	s := r.screenShown().(*filters)
	if mine, theirs := s.row(0), s.row(2); len(mine.Actions) != 2 || len(theirs.Actions) != 0 || len(theirs.Badges) != 2 {
		t.Errorf("mine: %d actions; the platform's: %d actions, %d marks", len(mine.Actions), len(theirs.Actions), len(theirs.Badges))
	}
}

func TestAFilterIsRemovedAfterAQuestion(t *testing.T) {
	r := opened(t, all(), screenFilters, withFilters)
	filtersThere(r)
	s := r.screenShown().(*filters)
	s.row(1).Actions[1].Do()
	if r.sheet == nil || r.fake.times("remove streamer streamer1") != 0 {
		t.Fatal("it is not asked about")
	}
	buttons := find[*control.Button](r.sheet.popup)
	r.press(buttons[len(buttons)-1])
	r.until("it is removed", func() bool {
		return r.fake.times("remove streamer streamer1") == 1 && r.fake.times("filters streamer") == 2
	})
}

func TestAKeywordIsCheckedWhileItIsTyped(t *testing.T) {
	r := opened(t, all(), screenFilters, withFilters)
	filtersThere(r)
	s := r.screenShown().(*filters)
	s.kind = filterKeyword
	form := newFilterForm(s, nil)
	form.open()
	form.reason.SetText("사유")
	for text, fine := range map[string]bool{
		"": false, "도박": true, "도박😀": false, "♥️": false, strings.Repeat("가", 20): true, strings.Repeat("가", 21): false, "C++ & ☎": false, "(주)™": true,
	} {
		form.value.SetText(text)
		form.check()
		if form.save.Disabled() == fine {
			t.Errorf("%q can be sent: %v", text, !fine)
		}
	}
	form.value.SetText("도박")
	form.reason.SetText(" ")
	form.check()
	if !form.save.Disabled() {
		t.Error("it can be sent without a reason")
	}
}

func TestAFilterThatIsRefusedStaysToBeMended(t *testing.T) {
	r := opened(t, all(), screenFilters, withFilters)
	filtersThere(r)
	s := r.screenShown().(*filters)
	r.fake.put = func(string, string, string) error { return errors.New("not today") }
	form := newFilterForm(s, nil)
	form.open()
	form.value.SetText("somebody")
	form.reason.SetText("시끄러움")
	form.check()
	r.press(form.save)
	r.clock.Advance(settle)
	r.until("the failure", func() bool { return form.failure.object.Visible() })
	if r.sheet == nil || form.value.Text() != "somebody" {
		t.Fatal("what was typed is gone")
	}
	r.fake.put = nil
	r.press(form.save)
	r.clock.Advance(settle)
	r.until("it is kept", func() bool { return r.sheet == nil && r.fake.times("put streamer somebody 시끄러움") == 2 })
}

func TestAVideoKeepsItsShape(t *testing.T) {
	for width, height := range map[int]int{640: 360, 1280: 720, 1920: 1080, 641: 361, 160: 90} {
		if got := vodHeight(width); got != height {
			t.Errorf("%d wide is %d high, want %d", width, got, height)
		}
	}
	r := opened(t, all(), screenVOD, withVOD)
	v := r.screenShown().(*vod)
	v.width.SetText("99")
	v.measure("99")
	v.address.SetText("https://vod.sooplive.co.kr/player/71021072")
	v.ask()
	if v.asking.running() {
		t.Error("too small a width is asked for")
	}
}

func TestTheHTMLOfAVideoIsShownAndCopiedAsText(t *testing.T) {
	r := opened(t, all(), screenVOD, withVOD)
	vodMade(r)
	v := r.screenShown().(*vod)
	if !strings.HasSuffix(v.html.Text, "<script>alert(1)</script>") || v.embed.Width != 640 || v.embed.Height != 360 {
		t.Errorf("shows %q", v.html.Text)
	}
	v.html.SetText("changed")
	if v.html.Text != v.embed.HTML {
		t.Error("it can be changed by hand")
	}
	buttons := find[*control.Button](v.pane.content)
	r.press(buttons[len(buttons)-1])
	if r.app.Clipboard().Content() != v.embed.HTML {
		t.Errorf("copied %q", r.app.Clipboard().Content())
	}
}

func TestAnAddressThatIsNoVideoIsSaidAtTheField(t *testing.T) {
	r := opened(t, all(), screenVOD, withoutVOD)
	vodMade(r)
	v := r.screenShown().(*vod)
	if v.pane.shows() || v.embed.HTML != "" {
		t.Error("shows a video")
	}
}

func TestAChannelIsChosenToWorkOn(t *testing.T) {
	r := opened(t, rooms(), screenChannels, withChannels)
	channelsThere(r)
	c := r.screenShown().(*channels)
	if !c.row(1).Own || c.row(0).Own {
		t.Error("the channel in use is not marked")
	}
	c.choose(c.rows[1])
	if c.using.running() {
		t.Error("the one in use is chosen again")
	}
	c.choose(c.rows[0])
	r.until("the channel is used", func() bool { return r.fake.times("use ch1") == 1 && !c.using.running() })
	r.fake.set(func(s *state.State) { s.OBS.Stream = state.StreamOn })
	r.render()
	c.choose(c.rows[2])
	if r.sheet == nil || r.fake.times("use ch3") != 0 {
		t.Error("on air it is not asked about")
	}
}

func TestChannelsAreSearchedAtThePlatformOnceTypingPauses(t *testing.T) {
	r := opened(t, rooms(), screenChannels, func(e *fakeEngine) {
		e.channels = func(_ context.Context, q providers.ChannelQuery) (providers.ChannelPage, error) {
			next := map[string]string{"": "2", "2": ""}[q.Cursor]
			return providers.ChannelPage{Total: -1, Next: next, Channels: []providers.Channel{{Key: q.Search + q.Cursor, Viewers: -1}}}, nil
		}
	})
	c := r.screenShown().(*channels)
	r.until("both pages", func() bool { return len(c.rows) == 2 && c.next == "" })
	c.search.SetText("저")
	c.search.SetText("저녁")
	r.clock.Advance(typingPause)
	r.until("the search", func() bool { return len(c.rows) == 2 && c.rows[1].Key == "저녁2" })
	if r.fake.times("channels 저 ") != 0 || r.fake.times("channels 저녁 ") != 1 {
		t.Errorf("asked %v", r.fake.asked)
	}
}

func TestWhatAPlatformCallsRoomsIsCalledThat(t *testing.T) {
	r := newRig(t, rooms(), "dark", "ko")
	r.fake.set(func(s *state.State) { s.Account.Rooms = true })
	r.fake.channels = func(context.Context, providers.ChannelQuery) (providers.ChannelPage, error) {
		return providers.ChannelPage{Channels: []providers.Channel{{Key: "live_000", Title: "심야 라디오", Viewers: 9000}}}, nil
	}
	r.render()
	r.shell.open(screenChannels)
	c := r.screenShown().(*channels)
	r.until("the rooms", func() bool { return len(c.rows) == 1 && !c.asking.running() })
	if got := c.info.Text(); got != "룸 1개" {
		t.Errorf("counted as %q", got)
	}
	if got := c.row(0).Number; got != "9,000" {
		t.Errorf("viewers are %q, where nobody tells who is on air", got)
	}
	if got := r.say("channel.choose.do"); got != "라이브 룸 고르기" {
		t.Errorf("asks to %q", got)
	}
	r.fake.set(func(s *state.State) { s.Account.Rooms = false })
	r.render()
	if got := r.say("channel.choose.do"); got != "채널 고르기" {
		t.Errorf("asks to %q at a platform with channels", got)
	}
}
