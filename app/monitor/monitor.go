// Package monitor looks after a running stream: a Monitor measures it, warns of
// a silent microphone and a frozen picture, and a SessionLog writes down what
// happened in each broadcast.
package monitor

import (
	"context"
	"sync"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
	"cuelight/obs/meter"
	"cuelight/obs/streamhealth"
)

const (
	// SampleInterval is how often OBS is asked for numbers while it streams.
	SampleInterval = time.Second
	// PictureInterval is how often the picture is compared, which makes OBS
	// render once more, and how often the microphones are listed.
	PictureInterval = 10 * time.Second
	// FrozenAfter and SilentAfter are how long a picture that does not move or a
	// microphone without a sound may be what the streamer wants; then it is
	// warned of.
	FrozenAfter = time.Minute
	SilentAfter = 2 * time.Minute

	// startTimeout bounds what is asked when a stream begins to be monitored.
	startTimeout = 5 * time.Second
)

// OBS is the part of a connection to OBS that a Monitor uses.
type OBS interface {
	streamhealth.Measured
	Video(ctx context.Context) (obs.Video, error)
	// Meters switches the levels on or off; OBS sends them 20 times a second.
	Meters(ctx context.Context, on bool) error
	Microphones(ctx context.Context) ([]obs.Microphone, error)
	Scenes(ctx context.Context) (obs.Scenes, error)
	Picture(ctx context.Context, scene string) (string, error)
}

// Options are what a Monitor is made of; all are needed.
type Options struct {
	// Linked gives the present connection to OBS, where there is one.
	Linked func() (OBS, bool)
	// Stream tells what OBS's stream does.
	Stream func() state.StreamState
	// Emit takes the samples.
	Emit func(...state.Event)
	// Now is the clock.
	Now func() time.Time
}

// Monitor samples a running stream once a second. Make one with New.
type Monitor struct {
	opt Options

	// mu guards silence, which the link feeds from a goroutine of its own.
	mu      sync.Mutex
	silence streamhealth.Quiet

	// The fields below belong to the goroutine of Run.

	// sampler is nil while nothing is monitored; source is the connection that
	// it measures.
	sampler *streamhealth.Sampler
	source  OBS
	// picture is the last one seen, compared when it was asked for, and changed
	// when it became another.
	picture           string
	compared, changed time.Time
	// microphones are the names of those there are, listed when they were asked
	// for.
	microphones []string
	listed      time.Time
}

// New makes a Monitor; Run starts it.
func New(opt Options) *Monitor { return &Monitor{opt: opt} }

// Run monitors every stream of the linked OBS until the context ends.
func (m *Monitor) Run(ctx context.Context) {
	tick := time.NewTicker(SampleInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			m.step(ctx)
		}
	}
}

// step starts or stops monitoring where that is due, and takes a sample.
func (m *Monitor) step(ctx context.Context) {
	client, linked := m.opt.Linked()
	stream := m.opt.Stream()
	if !linked || (stream != state.StreamOn && stream != state.StreamReconnecting) {
		if m.sampler != nil {
			m.stop(ctx, client)
		}
		return
	}
	if m.sampler == nil || m.source != client {
		m.start(ctx, client)
	}
	m.sample(ctx)
}

// start begins to monitor over one connection.
func (m *Monitor) start(ctx context.Context, client OBS) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	m.sampler, m.source = &streamhealth.Sampler{}, client
	if video, err := client.Video(ctx); err == nil {
		m.sampler.TargetFPS = video.FPS
	}
	m.mu.Lock()
	m.silence = streamhealth.Quiet{}
	m.mu.Unlock()
	now := m.opt.Now()
	m.picture, m.changed, m.compared = "", now, now
	m.listed = time.Time{}
}

// stop ends it, and the levels with it. client is nil where OBS is gone.
func (m *Monitor) stop(ctx context.Context, client OBS) {
	m.sampler, m.source = nil, nil
	if client != nil {
		ctx, cancel := context.WithTimeout(ctx, SampleInterval)
		defer cancel()
		_ = client.Meters(ctx, false)
	}
	m.mu.Lock()
	m.silence = streamhealth.Quiet{}
	m.mu.Unlock()
	m.opt.Emit(state.HealthSampled{})
}

func (m *Monitor) sample(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 3*SampleInterval)
	defer cancel()
	health, err := m.sampler.Sample(ctx, m.source)
	if err != nil {
		return // the link tells what is wrong
	}
	silent, microphone := m.silentFor(ctx)
	m.opt.Emit(state.HealthSampled{
		Health: health, Known: true, Quiet: silent, Microphone: microphone, Frozen: m.frozenFor(ctx), At: m.opt.Now(),
	})
}

// Feed takes levels of the microphones. The link calls it.
func (m *Monitor) Feed(levels []meter.Level) {
	now := m.opt.Now()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.silence.Feed(now, levels)
}

// silentFor gives for how long the least quiet of the microphones has given no
// sound, and its name, once that is worth a warning. A muted one counts as
// quiet: nobody hears it either.
func (m *Monitor) silentFor(ctx context.Context) (time.Duration, string) {
	now := m.opt.Now()
	if now.Sub(m.listed).Abs() > PictureInterval && !m.listMicrophones(ctx, now) {
		return 0, ""
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var least time.Duration
	name := ""
	for _, microphone := range m.microphones {
		if silent := m.silence.For(now, microphone); name == "" || silent < least {
			least, name = silent, microphone
		}
	}
	if least < SilentAfter {
		return 0, ""
	}
	return least, name
}

func (m *Monitor) listMicrophones(ctx context.Context, now time.Time) bool {
	m.listed, m.microphones = now, nil
	// Again each time: a check before going live switches the levels off when it
	// is done, and a new connection begins without them.
	_ = m.source.Meters(ctx, true)
	microphones, err := m.source.Microphones(ctx)
	if err != nil {
		return false
	}
	for _, microphone := range microphones {
		m.microphones = append(m.microphones, microphone.Name)
	}
	return true
}

// frozenFor gives for how long nothing has moved in the picture, once that is
// worth a warning. An OBS that does not give its picture is not frozen.
func (m *Monitor) frozenFor(ctx context.Context) time.Duration {
	now := m.opt.Now()
	if now.Sub(m.compared).Abs() >= PictureInterval {
		m.compared = now
		scenes, err := m.source.Scenes(ctx)
		if err != nil {
			return 0
		}
		picture, err := m.source.Picture(ctx, scenes.Current)
		if err != nil {
			return 0
		}
		if picture != m.picture {
			m.picture, m.changed = picture, now
		}
	}
	if still := now.Sub(m.changed); m.picture != "" && still >= FrozenAfter {
		return still
	}
	return 0
}
