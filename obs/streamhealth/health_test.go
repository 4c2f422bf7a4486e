package streamhealth_test

import (
	"math"
	"testing"
	"time"

	"cuelight/obs"
	"cuelight/obs/meter"
	"cuelight/obs/obssim"
	"cuelight/obs/obstest"
	"cuelight/obs/streamhealth"
)

func TestSampler(t *testing.T) {
	at := func(s int) time.Time { return time.Unix(int64(s), 0) }
	s := streamhealth.Sampler{TargetFPS: 60}
	s.Add(at(0), obs.Stream{Bytes: 1_000_000, Total: 600, Dropped: 50, Congestion: 1}, obs.Stats{FPS: 60})
	h := s.Add(at(1), obs.Stream{Bytes: 1_750_000, Total: 700, Dropped: 53, Congestion: 0}, obs.Stats{FPS: 60, RenderLagged: 1, RenderTotal: 10})
	if h.BitrateKbps != 6000 {
		t.Errorf("bitrate %v, want 6000", h.BitrateKbps)
	}
	if h.DroppedPercent != 3 { // 3 of 100: those before the first sample do not count
		t.Errorf("dropped %v, want 3", h.DroppedPercent)
	}
	if h.Congestion != 0.5 || h.RenderLagPercent != 10 {
		t.Errorf("congestion %v, lag %v", h.Congestion, h.RenderLagPercent)
	}
	// A reconnect: every counter starts again.
	h = s.Add(at(2), obs.Stream{Bytes: 100, Total: 1}, obs.Stats{FPS: 60})
	if h.BitrateKbps != 0 || h.DroppedPercent != 3 {
		t.Errorf("at the reconnect: %v kbit/s, %v %% dropped", h.BitrateKbps, h.DroppedPercent)
	}
	h = s.Add(at(4), obs.Stream{Bytes: 1_500_100, Total: 201}, obs.Stats{FPS: 60})
	if h.BitrateKbps != 6000 || h.DroppedPercent != 1 { // 3 of 300
		t.Errorf("after it: %v kbit/s, %v %% dropped", h.BitrateKbps, h.DroppedPercent)
	}
	if h = s.Add(at(5), obs.Stream{}, obs.Stats{}); h.Congestion != 0 {
		t.Errorf("congestion %v: the fifth sample still counts the first", h.Congestion)
	}
}

func TestGrades(t *testing.T) {
	tests := map[string]struct {
		health streamhealth.Health
		want   streamhealth.Grades
	}{
		"all well":          {streamhealth.Health{FPS: 60, TargetFPS: 60, DroppedPercent: 1}, streamhealth.Grades{}},
		"some frames lost":  {streamhealth.Health{DroppedPercent: 1.1}, streamhealth.Grades{Network: streamhealth.Warn}},
		"many frames lost":  {streamhealth.Health{DroppedPercent: 5.1}, streamhealth.Grades{Network: streamhealth.Bad}},
		"encoder behind":    {streamhealth.Health{EncoderLagPercent: 6}, streamhealth.Grades{Encoder: streamhealth.Bad}},
		"scene too heavy":   {streamhealth.Health{RenderLagPercent: 2}, streamhealth.Grades{Render: streamhealth.Warn}},
		"frame rate low":    {streamhealth.Health{FPS: 56, TargetFPS: 60}, streamhealth.Grades{FPS: streamhealth.Warn}},
		"frame rate lower":  {streamhealth.Health{FPS: 47, TargetFPS: 60}, streamhealth.Grades{FPS: streamhealth.Bad}},
		"path is congested": {streamhealth.Health{Congestion: 0.9}, streamhealth.Grades{Congestion: streamhealth.Bad}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tt.health.Grades(); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestSampleOfAStream(t *testing.T) {
	o := obstest.StartSim(t, obssim.Options{})
	o.ChangeService(obs.TypeCustom, map[string]any{"server": "rtmp://here/", "key": "k"})
	o.Faults(func(f *obssim.Faults) { f.DropRatio, f.Congestion, f.FPS = 0.5, 0.25, 50 })
	c := obstest.Dial(t, obstest.Quick(), o.Endpoint())
	if err := c.StartStream(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := streamhealth.Sampler{TargetFPS: 60}
	if _, err := s.Sample(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond) // the counters count time
	h, err := s.Sample(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(h.BitrateKbps-6000) > 2000 || math.Abs(h.DroppedPercent-50) > 10 || h.Congestion != 0.25 || h.FPS != 50 {
		t.Errorf("sampled %+v", h)
	}
}

func TestQuiet(t *testing.T) {
	var q streamhealth.Quiet
	at := func(s int) time.Time { return time.Unix(int64(s), 0) }
	mic := func(peak float64) []meter.Level { return []meter.Level{{Input: "Mic", Peak: peak}} }
	q.Feed(at(0), mic(meter.Silent))
	q.Feed(at(10), mic(meter.Silent))
	if d := q.For(at(10), "Mic"); d != 10*time.Second {
		t.Errorf("silent for %v, want 10 s", d)
	}
	q.Feed(at(11), mic(-30))
	q.Feed(at(13), mic(-70))
	if d := q.For(at(13), "Mic"); d != 2*time.Second {
		t.Errorf("silent for %v, want 2 s", d)
	}
	if d := q.For(at(13), "other"); d != 0 {
		t.Errorf("an unknown input is silent for %v", d)
	}
}

// The share since the beginning hides a burst after hours of a good stream.
func TestABurstOfDroppedFramesIsSeenAlsoAfterHours(t *testing.T) {
	var s streamhealth.Sampler
	total, dropped, second := int64(0), int64(0), 0
	sample := func(lost int64) streamhealth.Health {
		total, dropped, second = total+60, dropped+lost, second+1
		return s.Add(time.Unix(int64(second), 0), obs.Stream{Total: total, Dropped: dropped}, obs.Stats{})
	}
	if sample(60); sample(60).Dropping() {
		t.Error("the first bad second of a stream is a burst")
	}
	for range 3 * 3600 {
		sample(0)
	}
	if sample(20).Dropping() {
		t.Error("one bad second is a burst")
	}
	if h := sample(20); !h.Dropping() || h.DroppedPercent > 1 {
		t.Errorf("two bad seconds: dropping %v, %.2f %% since the beginning", h.Dropping(), h.DroppedPercent)
	}
	for range 10 {
		sample(0)
	}
	if sample(0).Dropping() {
		t.Error("stays when it is over")
	}
}
