package obs_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

// newer is what somebody else sets meanwhile, the nth time.
func newer(n int) map[string]any {
	return map[string]any{"server": fmt.Sprintf("rtmp://newer-%d.example/app", n), "key": "newer", "note": fmt.Sprint(n)}
}

// betweenBatches calls a step after each batch that read profile and service,
// and each that wrote: what the next one meets.
func betweenBatches(o *obssim.OBS, step func(n int)) {
	n := 0
	o.Faults(func(f *obssim.Faults) {
		f.InBatch = func(done int, request string) {
			switch {
			case done == 9, done == 3 && n == 0:
				n++
				step(n)
			}
		}
	})
}

func TestUndoOfAWriteOverTwoChanges(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	betweenBatches(o, func(n int) {
		if n <= 2 {
			o.ChangeService(obs.TypeCustom, newer(n))
		}
	})
	_, err := c.ReplaceService(bounded(t), before, ours(t, before))
	obstest.WantKind(t, err, obs.ErrChanged)
	wantHeld(t, o, "AA", newer(2))
	wantHeld(t, o, "BB", userBB)
}

func TestUndoGivesUpWhereSomebodyKeepsWriting(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	times := 0
	betweenBatches(o, func(n int) { times = n; o.ChangeService(obs.TypeCustom, newer(n)) })
	found, err := c.ReplaceService(bounded(t), before, ours(t, before))
	var torn *obs.TornWriteError
	if !errors.As(err, &torn) || torn.Err != nil || found.Profile != "AA" {
		t.Fatalf("found %v, got %v", found, err)
	}
	if times != 5 { // the comparison, the write, three times the undoing
		t.Errorf("%d batches", times)
	}
}

func TestAnUndoThatFailsIsTold(t *testing.T) {
	changed := func(o *obssim.OBS, then func()) {
		betweenBatches(o, func(n int) {
			if n == 1 {
				o.ChangeService(obs.TypeCustom, newer(1))
			}
			if n == 2 {
				then()
			}
		})
	}
	tests := map[string]struct {
		then  func(*obssim.OBS)
		cause error
	}{
		"the profile is being switched": {func(o *obssim.OBS) {
			o.Emit("CurrentProfileChanging", 2, map[string]any{"profileName": "AA"})
			o.Emit("CurrentProfileChanged", 2, map[string]any{"profileName": "AA"})
		}, nil},
		"OBS ignores it": {func(o *obssim.OBS) {
			o.Faults(func(f *obssim.Faults) { f.IgnoreWrites = true })
		}, nil},
		"OBS refuses it": {func(o *obssim.OBS) {
			o.Faults(func(f *obssim.Faults) {
				f.Requests = map[string]obssim.Fault{"SetStreamServiceSettings": {Status: 702}}
			})
		}, obs.ErrRefused},
		"OBS is gone": {func(o *obssim.OBS) {
			o.Faults(func(f *obssim.Faults) {
				f.Requests = map[string]obssim.Fault{"GetProfileList": {Close: 1001}}
			})
		}, obs.ErrClosed},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			o, c := twoProfiles(t)
			before := snapshot(t, c)
			changed(o, func() { tt.then(o) })
			found, err := c.ReplaceService(bounded(t), before, ours(t, before))
			var torn *obs.TornWriteError
			if !errors.As(err, &torn) {
				t.Fatalf("got %v", err)
			}
			if tt.cause != nil && !errors.Is(err, tt.cause) || tt.cause == nil && torn.Err != nil {
				t.Errorf("cause %v, want %v", torn.Err, tt.cause)
			}
			if found.Service.Server != newer(1)["server"] || !torn.Before.Equal(found) || torn.After.Service.Server != oursHeld["server"] {
				t.Errorf("found %v, before %v, after %v", found, torn.Before, torn.After)
			}
		})
	}
}

func TestAWriteThatCannotBeReadBackIsTold(t *testing.T) {
	for name, tt := range map[string]struct {
		after int
		step  func(*obssim.OBS)
		cause error
	}{
		"OBS fails after it": {5, func(o *obssim.OBS) {
			o.Faults(func(f *obssim.Faults) { f.Requests = map[string]obssim.Fault{"GetProfileList": {Status: 702}} })
		}, obs.ErrRefused},
		"what it holds then is no service": {5, func(o *obssim.OBS) {
			o.ChangeService(obs.TypeCustom, map[string]any{"server": 5})
		}, obs.ErrProtocol},
		"what it held before is no service": {1, func(o *obssim.OBS) {
			o.ChangeService(obs.TypeCustom, map[string]any{"server": 5})
		}, obs.ErrProtocol},
	} {
		t.Run(name, func(t *testing.T) {
			o, c := twoProfiles(t)
			before := snapshot(t, c)
			inSwap(o, tt.after, func() { tt.step(o) })
			_, err := c.ReplaceService(bounded(t), before, ours(t, before))
			if !errors.Is(err, obs.ErrTorn) || !errors.Is(err, tt.cause) {
				t.Fatalf("got %v", err)
			}
		})
	}
}

func TestAWriteThatIsRefusedLeavesWhatWasThere(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"SetStreamServiceSettings": {Status: 702}}
	})
	found, err := c.ReplaceService(bounded(t), before, ours(t, before))
	obstest.WantKind(t, err, obs.ErrRefused)
	if !found.Equal(before) || errors.Is(err, obs.ErrTorn) {
		t.Errorf("found %v, %v", found, err)
	}
	wantHeld(t, o, "AA", userAA)
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"GetProfileList": {Status: 702}}
	})
	found, err = c.ReplaceService(bounded(t), before, ours(t, before))
	obstest.WantKind(t, err, obs.ErrRefused)
	if found.Profile != "" {
		t.Errorf("found %v where nothing could be read", found)
	}
}

func TestNoWriteWhileItStreamsOrAfterIsCancelled(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	if err := c.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	found, err := c.ReplaceService(bounded(t), before, ours(t, before))
	obstest.WantKind(t, err, obs.ErrStreaming)
	if took := time.Since(began); took > 200*time.Millisecond || !found.Equal(before) {
		t.Errorf("found %v after %v", found, took)
	}
	if err := c.StopStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.Faults(func(f *obssim.Faults) { f.RefuseAfterStop = time.Hour })
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err = c.ReplaceService(ctx, before, ours(t, before))
	obstest.WantKind(t, err, obs.ErrNoAnswer)
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"GetStreamStatus": {Status: 702}}
	})
	_, err = c.ReplaceService(bounded(t), before, ours(t, before))
	obstest.WantKind(t, err, obs.ErrStreaming)
	wantHeld(t, o, "AA", userAA)
}

func TestATornWriteSaysWhy(t *testing.T) {
	cause := errors.New("the cause")
	err := error(&obs.TornWriteError{Err: cause})
	if !errors.Is(err, cause) || !errors.Is(err, obs.ErrTorn) || errors.Is(err, obs.ErrChanged) {
		t.Errorf("kinds of %v", err)
	}
	if got := err.Error(); got != "obs SetStreamServiceSettings: a write to OBS's stream service met another change: the cause" {
		t.Errorf("says %q", got)
	}
	if got := (&obs.TornWriteError{}).Error(); got != "obs SetStreamServiceSettings: a write to OBS's stream service met another change" {
		t.Errorf("says %q", got)
	}
	s := obs.ServiceSnapshot{Profile: "AA", Service: service(t, obs.TypeCustom, `{"server":"rtmp://a/b","key":"hidden"}`)}
	if got := s.String(); got != fmt.Sprintf(`profile "AA": rtmp_custom rtmp://a/b %v`, secret.New("x")) {
		t.Errorf("prints %q", got)
	}
}

// Newer versions of OBS may add defaults of their own to what was written.
func TestWhatOBSAddsByItselfIsNoMismatch(t *testing.T) {
	noted := map[string]any{"server": "rtmp://x.example", "key": "x", "note": "theirs"}
	for name, tt := range map[string]struct {
		typ   string
		held  map[string]any
		adds  string
		wrong bool
	}{
		"a default that is new":                     {obs.TypeCustom, noted, "other", false},
		"a setting that was to be emptied":          {obs.TypeCustom, noted, "note", true},
		"a default of the new type, of an old name": {"rtmp_common", noted, "note", false},
	} {
		t.Run(name, func(t *testing.T) {
			o := obstest.StartSim(t, obssim.Options{})
			o.ChangeService(tt.typ, tt.held)
			c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
			before := snapshot(t, c)
			next := service(t, obs.TypeCustom, `{"server":"rtmp://ours.example/app","key":"ours"}`)
			inSwap(o, 5, func() {
				o.ChangeService(obs.TypeCustom, map[string]any{
					"server": "rtmp://ours.example/app", "key": "ours", tt.adds: "theirs",
				})
			})
			_, err := c.ReplaceService(bounded(t), before, next)
			if tt.wrong {
				obstest.WantKind(t, err, obs.ErrMismatch)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}
