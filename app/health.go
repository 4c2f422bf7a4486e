package app

import (
	"context"
	"sync"
	"time"

	"cuelight/app/state"
	"cuelight/obs"
)

// How a running stream is looked after.
const (
	// healthEvery is how often OBS is asked for numbers while it streams.
	healthEvery = time.Second
	// pictureEvery is how often the picture is compared: it makes OBS render
	// once more.
	pictureEvery = 10 * time.Second
	// frozenAfter and quietAfter are for how long a still picture or a silent
	// microphone is taken for meant.
	frozenAfter = time.Minute
	quietAfter  = 2 * time.Minute
)

// nurse looks after a running stream: it samples OBS, listens to the
// microphones and compares pictures.
type nurse struct {
	engine *Engine

	mu    sync.Mutex
	quiet obs.Quiet

	picture   string
	moved     time.Time
	compared  time.Time
	mics      []string
	micsAsked time.Time
}

// watchHealth runs while a window or `watch` does.
func (e *Engine) watchHealth(ctx context.Context) {
	tick := time.NewTicker(healthEvery)
	defer tick.Stop()
	var sampler *obs.Sampler
	var of *obs.Client
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		client, linked := e.obs.Linked()
		stream := e.State().OBS.Stream
		if !linked || (stream != state.StreamOn && stream != state.StreamReconnecting) {
			if sampler != nil {
				sampler, of = nil, nil
				e.nurse.rest(ctx, client)
				e.emit(state.HealthSampled{})
			}
			continue
		}
		if sampler == nil || of != client {
			sampler, of = &obs.Sampler{}, client
			e.nurse.begin(ctx, client, sampler, e.now())
		}
		e.sampleHealth(ctx, client, sampler)
	}
}

func (e *Engine) sampleHealth(ctx context.Context, client *obs.Client, sampler *obs.Sampler) {
	ctx, cancel := context.WithTimeout(ctx, 3*healthEvery)
	defer cancel()
	health, err := sampler.Sample(ctx, client)
	if err != nil {
		return // the link tells what is wrong
	}
	quiet, mic := e.nurse.silence(ctx, client, e.now())
	e.emit(state.HealthSampled{Health: health, Known: true, Quiet: quiet, Microphone: mic, Frozen: e.nurse.stillness(ctx, client, e.now())})
}

// begin starts a nurse's watch over one connection.
func (n *nurse) begin(ctx context.Context, client *obs.Client, sampler *obs.Sampler, now time.Time) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	if video, err := client.Video(ctx); err == nil {
		sampler.TargetFPS = video.FPS
	}
	n.mu.Lock()
	n.quiet = obs.Quiet{}
	n.mu.Unlock()
	n.picture, n.moved, n.compared, n.micsAsked = "", now, now, time.Time{}
}

// rest ends the watch. OBS sends levels 20 times a second: only while somebody
// listens. client is nil where OBS is gone, too.
func (n *nurse) rest(ctx context.Context, client *obs.Client) {
	if client != nil {
		ctx, cancel := context.WithTimeout(ctx, healthEvery)
		defer cancel()
		_ = client.Meters(ctx, false)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.quiet = obs.Quiet{}
}

// hear takes levels; it is called by the link.
func (n *nurse) hear(at time.Time, levels []obs.Level) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.quiet.Feed(at, levels)
}

// silence gives for how long the least quiet of the microphones has given no
// sound, and its name. Muted ones count as quiet: nobody hears them either.
func (n *nurse) silence(ctx context.Context, client *obs.Client, now time.Time) (time.Duration, string) {
	if now.Sub(n.micsAsked).Abs() > pictureEvery {
		n.micsAsked, n.mics = now, nil
		// Again each time: a check before going live switches the levels off
		// behind itself, and a new connection begins without them.
		_ = client.Meters(ctx, true)
		mics, err := client.Microphones(ctx)
		if err != nil {
			return 0, ""
		}
		for _, mic := range mics {
			n.mics = append(n.mics, mic.Name)
		}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	var least time.Duration
	name := ""
	for _, mic := range n.mics {
		if quiet := n.quiet.For(now, mic); name == "" || quiet < least {
			least, name = quiet, mic
		}
	}
	if least < quietAfter {
		return 0, ""
	}
	return least, name
}

// stillness gives for how long nothing has moved in the picture.
func (n *nurse) stillness(ctx context.Context, client *obs.Client, now time.Time) time.Duration {
	if now.Sub(n.compared).Abs() >= pictureEvery {
		n.compared = now
		scenes, err := client.Scenes(ctx)
		if err != nil {
			return 0
		}
		picture, err := client.Picture(ctx, scenes.Current)
		if err != nil {
			return 0 // an OBS that cannot tell is not frozen
		}
		if picture != n.picture {
			n.picture, n.moved = picture, now
		}
	}
	if still := now.Sub(n.moved); n.picture != "" && still >= frozenAfter {
		return still
	}
	return 0
}
