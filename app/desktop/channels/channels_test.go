package channels

import (
	"context"
	"testing"

	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/state"
	"cuelight/providers"
)

// opened opens the screen.
func opened(t *testing.T, s state.State, given func(*kittest.Engine)) (*kittest.Rig, *Channels) {
	t.Helper()
	r := kittest.NewRig(t, s)
	given(r.Fake)
	c := New(r.UI, r.Fake)
	r.Show(c)
	return r, c
}

func TestAChannelIsChosenToWorkOn(t *testing.T) {
	r, c := opened(t, kittest.WithChannels(), kittest.WithChannelList)
	r.Settle()
	if !c.row(1).Own || c.row(0).Own {
		t.Error("the channel in use is not marked")
	}
	c.choose(c.rows[1])
	if c.using.Running() {
		t.Error("the one in use is chosen again")
	}
	c.choose(c.rows[0])
	r.Until("the channel is used", func() bool { return r.Fake.Times("use ch1") == 1 && !c.using.Running() })
	r.Fake.Set(func(s *state.State) { s.OBS.Stream = state.StreamOn })
	r.Render()
	c.choose(c.rows[2])
	if r.Sheet() == nil || r.Fake.Times("use ch3") != 0 {
		t.Error("on air it is not asked about")
	}
}

func TestChannelsAreSearchedAtThePlatformOnceTypingPauses(t *testing.T) {
	r, c := opened(t, kittest.WithChannels(), func(e *kittest.Engine) {
		e.ChannelsFunc = func(_ context.Context, q providers.ChannelQuery) (providers.ChannelPage, error) {
			next := map[string]string{"": "2", "2": ""}[q.Cursor]
			return providers.ChannelPage{Total: -1, Next: next, Channels: []providers.Channel{{Key: q.Search + q.Cursor, Viewers: -1}}}, nil
		}
	})
	r.Until("both pages", func() bool { return len(c.rows) == 2 && c.next == "" })
	c.search.SetText("저")
	c.search.SetText("저녁")
	r.Clock.Advance(typingDelay)
	r.Until("the search", func() bool { return len(c.rows) == 2 && c.rows[1].Key == "저녁2" })
	if r.Fake.Times("channels 저 ") != 0 || r.Fake.Times("channels 저녁 ") != 1 {
		t.Errorf("asked %v", r.Fake.Asked)
	}
}

func TestWhatAPlatformCallsRoomsIsCalledThat(t *testing.T) {
	r := kittest.NewRig(t, kittest.WithChannels())
	r.Fake.Set(func(s *state.State) { s.Account.Rooms = true })
	r.Fake.ChannelsFunc = func(context.Context, providers.ChannelQuery) (providers.ChannelPage, error) {
		return providers.ChannelPage{Channels: []providers.Channel{{Key: "live_000", Title: "심야 라디오", Viewers: 9000}}}, nil
	}
	c := New(r.UI, r.Fake)
	r.Show(c)
	r.Until("the rooms", func() bool { return len(c.rows) == 1 && !c.request.Running() })
	if got := c.info.Text(); got != "룸 1개" {
		t.Errorf("counted as %q", got)
	}
	if got := c.row(0).Number; got != "9,000" {
		t.Errorf("viewers are %q, where nobody tells who is on air", got)
	}
	if got := r.Text("channel.choose.do"); got != "라이브 룸 선택" {
		t.Errorf("asks to %q", got)
	}
	r.Fake.Set(func(s *state.State) { s.Account.Rooms = false })
	r.Render()
	if got := r.Text("channel.choose.do"); got != "채널 선택" {
		t.Errorf("asks to %q at a platform with channels", got)
	}
}
