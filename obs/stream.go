package obs

import (
	"context"
	"time"

	"github.com/andreykaipov/goobs/api/requests/general"
	"github.com/andreykaipov/goobs/api/requests/stream"

	"cuelight/obs/fanout"
)

// Stream is the state of OBS's stream output.
type Stream struct {
	// Active: data goes out, or OBS is reconnecting to send it again. An output
	// that is still connecting for the first time is not active.
	Active bool
	// Reconnecting: the ingest was lost and OBS is trying again.
	Reconnecting bool
	// Timecode is for how long the output has run, at its last connection.
	Timecode time.Duration
	// Bytes sent, Dropped frames (lost to the network) and Total frames, since
	// the last connection: they restart at each reconnect.
	Bytes          int64
	Dropped, Total int64
	// Congestion of the network path: 0 is good, 1 is bad.
	Congestion float64
}

// StreamStatus asks for the state of the stream output.
func (c *Client) StreamStatus(ctx context.Context) (Stream, error) {
	var a stream.GetStreamStatusResponse
	if err := c.call(ctx, &stream.GetStreamStatusParams{}, &a); err != nil {
		return Stream{}, err
	}
	return Stream{
		Active: a.OutputActive, Reconnecting: a.OutputReconnecting,
		Timecode: time.Duration(a.OutputDuration * float64(time.Millisecond)),
		Bytes:    int64(a.OutputBytes),
		Dropped:  int64(a.OutputSkippedFrames), Total: int64(a.OutputTotalFrames),
		Congestion: a.OutputCongestion,
	}, nil
}

// StartStream asks OBS to stream and waits until it does. OBS answers the
// request as soon as it is queued, drops it silently in some states and gives
// no reasons, hence the watchdog: STARTED or a polled active output within
// Dialer.Watchdog, else ErrNotStarted with the Phase it came to. An earlier
// stream that is still ending is waited for.
//
// Errors: ErrStreaming when OBS streams already, ErrNotStarted, ErrClosed when
// OBS went away meanwhile, and those of any request.
func (c *Client) StartStream(ctx context.Context) error {
	release, err := c.holdOutput(ctx, "StartStream")
	if err != nil {
		return err
	}
	defer release()
	events, leave := c.hub.Listen()
	defer leave()
	earlier, err := c.StreamStatus(ctx)
	if err != nil {
		return err
	}
	ask := func() error { return c.call(ctx, &stream.StartStreamParams{}, nil) }
	if err := ask(); err != nil {
		return err
	}
	// OBS refuses while it streams. Taking the request although its output is
	// active means that the output has stopped and is being taken down: for some
	// 200 ms, and until then OBS drops the request (seen with 29, 30.2 and 32.2).
	ending := earlier.Active
	w := watch{client: c, op: "StartStream", phase: PhaseAsked, failed: ErrNotStarted}
	return w.wait(ctx, events, func(e *Event, s *Stream) (done bool, err error) {
		if s != nil && ending {
			if s.Active {
				return false, nil // the earlier stream's
			}
			if ending = false; w.phase == PhaseAsked {
				err = ask()
			}
			return err != nil, err
		}
		if s != nil {
			return s.Active && !s.Reconnecting, nil
		}
		switch e.State {
		case StateStarted:
			return true, nil
		case StateStarting:
			w.phase, ending = PhaseStarting, false
		case StateStopped:
			// A STOPPED without a STARTING is the echo of an earlier stop.
			if w.phase == PhaseStarting {
				return true, &Error{Kind: ErrNotStarted, Op: w.op, Phase: PhaseStopped}
			}
		}
		return false, nil
	})
}

// stopLinger bounds for how long StopStream waits for an output that has said
// that it stopped to be taken down; OBS takes some 200 ms.
const stopLinger = 3 * time.Second

// StopStream asks OBS to end the stream and waits until it has ended, so that
// the next one can be started.
//
// Errors: ErrNotStreaming when there is nothing to stop, ErrNotStopped when it
// still runs after Dialer.Watchdog (a long stream delay does that), ErrClosed,
// and those of any request.
func (c *Client) StopStream(ctx context.Context) error {
	release, err := c.holdOutput(ctx, "StopStream")
	if err != nil {
		return err
	}
	defer release()
	events, leave := c.hub.Listen()
	defer leave()
	if err := c.call(ctx, &stream.StopStreamParams{}, nil); err != nil {
		return err
	}
	w := watch{client: c, op: "StopStream", failed: ErrNotStopped}
	err = w.wait(ctx, events, func(e *Event, s *Stream) (bool, error) {
		if s != nil {
			return !s.Active, nil
		}
		return e.State == StateStopped, nil
	})
	if err == nil {
		w.awaitInactive(ctx)
	}
	return err
}

// holdOutput lets one start or stop at a time through: two at once would read
// each other's events.
func (c *Client) holdOutput(ctx context.Context, op string) (release func(), err error) {
	select {
	case c.output <- struct{}{}:
		return func() { <-c.output }, nil
	case <-ctx.Done():
		return nil, ctxError(op, ctx.Err())
	case <-c.Done():
		return nil, c.gone(op)
	}
}

// watch waits for the outcome of a start or stop.
type watch struct {
	client *Client
	op     string
	phase  Phase
	failed error
}

// wait feeds outcome with events of the stream and, for the OBS that sends none,
// with polled states, until it says done or the watchdog ends it.
func (w *watch) wait(ctx context.Context, events *fanout.Queue[Event], outcome func(*Event, *Stream) (bool, error)) error {
	watchdog := time.NewTimer(w.client.dialer.Watchdog)
	defer watchdog.Stop()
	poll := time.NewTicker(w.client.dialer.Poll)
	defer poll.Stop()
	for {
		select {
		case <-events.Ready():
			for e, ok := takeEvent(events); ok; e, ok = takeEvent(events) {
				if e.Kind != EventStream {
					continue
				}
				if done, err := outcome(&e, nil); done {
					return err
				}
			}
		case <-poll.C:
			s, err := w.poll(ctx)
			if err != nil {
				continue // the watchdog, the context or the connection decides
			}
			if done, err := outcome(nil, &s); done {
				return err
			}
		case <-watchdog.C:
			return &Error{Kind: w.failed, Op: w.op, Phase: w.phase}
		case <-ctx.Done():
			return ctxError(w.op, ctx.Err())
		case <-w.client.Done():
			return w.client.gone(w.op)
		}
	}
}

// awaitInactive waits until the output of a stream that has stopped is taken
// down. It has stopped already: whatever is in the way of asking is no failure.
func (w *watch) awaitInactive(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, stopLinger)
	defer cancel()
	for {
		s, err := w.client.StreamStatus(ctx)
		if err != nil || !s.Active || w.client.pause(ctx, w.op, 20*time.Millisecond) != nil {
			return
		}
	}
}

// poll asks for the state, briefly: a slow OBS must not hold up the watchdog.
func (w *watch) poll(ctx context.Context) (Stream, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return w.client.StreamStatus(ctx)
}

// Stats is what OBS says about itself.
type Stats struct {
	FPS        float64
	CPUPercent float64
	MemoryMB   float64
	// RenderLagged of RenderTotal frames came too late from the scene; counted
	// since OBS started.
	RenderLagged, RenderTotal int64
	// EncoderSkipped of EncoderTotal frames were skipped because the encoder
	// could not keep up; counted since OBS's output began. This is not
	// Stream.Dropped, although both bear the same name in the protocol.
	EncoderSkipped, EncoderTotal int64
	// RenderTime is the average time of one frame.
	RenderTime time.Duration
}

// Stats asks OBS about itself.
func (c *Client) Stats(ctx context.Context) (Stats, error) {
	var a general.GetStatsResponse
	if err := c.call(ctx, &general.GetStatsParams{}, &a); err != nil {
		return Stats{}, err
	}
	return Stats{
		FPS: a.ActiveFps, CPUPercent: a.CpuUsage, MemoryMB: a.MemoryUsage,
		RenderLagged: int64(a.RenderSkippedFrames), RenderTotal: int64(a.RenderTotalFrames),
		EncoderSkipped: int64(a.OutputSkippedFrames), EncoderTotal: int64(a.OutputTotalFrames),
		RenderTime: time.Duration(a.AverageFrameRenderTime * float64(time.Millisecond)),
	}, nil
}
