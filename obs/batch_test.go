package obs_test

import (
	"context"
	"testing"
	"time"

	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
)

const (
	named  = `{"requestType":"GetProfileList","requestStatus":{"code":100,"result":true},"responseData":{"currentProfileName":"AA"}}`
	served = `{"requestType":"GetStreamServiceSettings","requestStatus":{"code":100,"result":true},"responseData":{"streamServiceType":"a","streamServiceSettings":{}}}`
)

func TestBatchesThatAreAnsweredStrangely(t *testing.T) {
	for name, tt := range map[string]struct {
		answer string
		kind   error
	}{
		"no results":        {`{"op":9,"d":{"requestId":"1"}}`, obs.ErrProtocol},
		"results of a form": {`{"op":9,"d":{"requestId":"1","results":"many"}}`, obs.ErrProtocol},
		"too few results":   {`{"op":9,"d":{"requestId":"1","results":[` + named + `,` + served + `]}}`, obs.ErrProtocol},
		"an answer to one":  {`{"op":7,"d":{"requestId":"1","requestStatus":{"code":100,"result":true}}}`, obs.ErrProtocol},
		"a refusal":         {`{"op":9,"d":{"requestId":"1","results":[{"requestStatus":{"code":204,"result":false}}]}}`, obs.ErrUnsupported},
		"all results":       {`{"op":9,"d":{"requestId":"1","results":[` + named + `,` + served + `,` + named + `]}}`, nil},
		"one result more":   {`{"op":9,"d":{"requestId":"1","results":[` + named + `,` + served + `,` + named + `,` + named + `]}}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			c := obstest.Dial(t, obstest.Quick(), speaker(t, plainHello, identified, tt.answer))
			s, err := c.Snapshot(t.Context())
			if tt.kind != nil {
				obstest.WantKind(t, err, tt.kind)
				return
			}
			if err != nil || s.Profile != "AA" || s.Service.Type != "a" {
				t.Errorf("got %v, %v", s, err)
			}
		})
	}
}

func TestABatchWaitsForAnOBSThatIsNotReady(t *testing.T) {
	o, c := twoProfiles(t)
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"GetStreamServiceSettings": {Times: 2, Status: 207}}
	})
	if s := snapshot(t, c); s.Profile != "AA" || s.Service.Key.Empty() {
		t.Errorf("got %v", s)
	}
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"GetProfileList": {Status: 207}}
	})
	_, err := c.Snapshot(t.Context())
	obstest.WantKind(t, err, obs.ErrNotReady)
}

// What was written is not written again, however OBS answers after that.
func TestAWriteIsNeverRepeated(t *testing.T) {
	o, c := twoProfiles(t)
	before := snapshot(t, c)
	writes := 0
	o.Faults(func(f *obssim.Faults) {
		f.InBatch = func(done int, request string) {
			if request == "SetStreamServiceSettings" {
				writes++
				o.Faults(func(f *obssim.Faults) {
					f.Requests = map[string]obssim.Fault{"GetProfileList": {Times: 1, Status: 207}}
				})
			}
		}
	})
	_, err := c.ReplaceService(bounded(t), before, ours(t, before))
	if writes != 1 || err == nil {
		t.Errorf("%d writes, %v", writes, err)
	}
	wantHeld(t, o, "AA", oursHeld)
}

func TestABatchEndsWithItsContext(t *testing.T) {
	o, c := twoProfiles(t)
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{"GetProfileList": {Ignore: true}}
	})
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err := c.Snapshot(ctx)
	obstest.WantKind(t, err, context.Canceled)
	_, err = c.Snapshot(t.Context()) // Dialer.Request bounds it
	obstest.WantKind(t, err, obs.ErrNoAnswer)
}
