// Package streamhealth judges how a running stream does, by the marks of OBS's
// own statistics: bitrate, frames lost on the way, congestion, silence.
package streamhealth

import (
	"context"
	"time"

	"cuelight/obs"
)

// Health is how the stream is doing, at one moment.
type Health struct {
	// Time is when it was sampled.
	Time time.Time
	// Stream is the state of the output it was drawn from.
	Stream obs.Stream
	// BitrateKbps is what went out since the last sample, in kilobits a second.
	BitrateKbps float64
	// DroppedPercent is the share of frames lost to the network since sampling
	// began, over all reconnects.
	DroppedPercent float64
	// RecentDroppedPercent is the same share over the last recentSamples samples.
	RecentDroppedPercent float64
	// Congestion is averaged over four samples: 0 is good, 1 is bad.
	Congestion float64
	// FPS is the rate reached, TargetFPS the one that is set (0: not known).
	FPS, TargetFPS float64
	CPUPercent     float64
	MemoryMB       float64
	// RenderLagPercent and EncoderLagPercent are the shares of frames that came
	// too late from the scene or the encoder since sampling began.
	RenderLagPercent, EncoderLagPercent float64
}

// recentSamples is how many samples a burst of lost frames is looked for in: a single
// bad second is not one.
const recentSamples = 10

// congestionSamples is how many samples OBS averages congestion over.
const congestionSamples = 4

// Sampler makes Health out of samples about a second apart. One Sampler is for
// one broadcast; it is not safe for use from several goroutines.
type Sampler struct {
	// TargetFPS is the frame rate that is set; 0 leaves it unjudged.
	TargetFPS float64

	last       sample
	began      bool
	congestion []float64
	// recent are the frames of the last samples, the oldest first.
	recent []framesSent

	dropped, frames         int64
	lagged, rendered        int64
	skippedByEnc, encFrames int64
}

// framesSent are frames of one sample, and those of them that were lost.
type framesSent struct{ dropped, all int64 }

type sample struct {
	at     time.Time
	stream obs.Stream
	stats  obs.Stats
}

// Measured is what a Sampler asks. A Client is one.
type Measured interface {
	StreamStatus(ctx context.Context) (obs.Stream, error)
	Stats(ctx context.Context) (obs.Stats, error)
}

// Sample asks OBS and adds the answer.
func (s *Sampler) Sample(ctx context.Context, c Measured) (Health, error) {
	stream, err := c.StreamStatus(ctx)
	if err != nil {
		return Health{}, err
	}
	stats, err := c.Stats(ctx)
	if err != nil {
		return Health{}, err
	}
	return s.Add(time.Now(), stream, stats), nil
}

// Add takes one sample. Counters that go backwards restarted, as they do at a
// reconnect: such a difference counts as nothing.
func (s *Sampler) Add(at time.Time, stream obs.Stream, stats obs.Stats) Health {
	h := Health{
		Time: at, Stream: stream, FPS: stats.FPS, TargetFPS: s.TargetFPS,
		CPUPercent: stats.CPUPercent, MemoryMB: stats.MemoryMB,
	}
	if s.began {
		last := s.last
		if elapsed := at.Sub(last.at).Seconds(); elapsed > 0 {
			h.BitrateKbps = float64(gain(stream.Bytes, last.stream.Bytes)) * 8 / 1000 / elapsed
		}
		sent := framesSent{gain(stream.Dropped, last.stream.Dropped), gain(stream.Total, last.stream.Total)}
		s.dropped += sent.dropped
		s.frames += sent.all
		s.addRecent(sent)
		s.lagged += gain(stats.RenderLagged, last.stats.RenderLagged)
		s.rendered += gain(stats.RenderTotal, last.stats.RenderTotal)
		s.skippedByEnc += gain(stats.EncoderSkipped, last.stats.EncoderSkipped)
		s.encFrames += gain(stats.EncoderTotal, last.stats.EncoderTotal)
	}
	s.began, s.last = true, sample{at, stream, stats}
	s.congestion = append(s.congestion, stream.Congestion)
	if extra := len(s.congestion) - congestionSamples; extra > 0 {
		s.congestion = s.congestion[extra:]
	}
	for _, c := range s.congestion {
		h.Congestion += c / float64(len(s.congestion))
	}
	h.DroppedPercent = percent(s.dropped, s.frames)
	h.RecentDroppedPercent = s.recentlyDropped()
	h.RenderLagPercent = percent(s.lagged, s.rendered)
	h.EncoderLagPercent = percent(s.skippedByEnc, s.encFrames)
	return h
}

func (s *Sampler) addRecent(sent framesSent) {
	s.recent = append(s.recent, sent)
	if extra := len(s.recent) - recentSamples; extra > 0 {
		s.recent = s.recent[extra:]
	}
}

// recentlyDropped is the share of frames lost lately; 0 before there are samples enough
// to tell a burst from a single bad second.
func (s *Sampler) recentlyDropped() float64 {
	if len(s.recent) < recentSamples {
		return 0
	}
	var sum framesSent
	for _, one := range s.recent {
		sum.dropped += one.dropped
		sum.all += one.all
	}
	return percent(sum.dropped, sum.all)
}

func gain(now, before int64) int64 { return max(0, now-before) }

func percent(part, whole int64) float64 {
	if whole <= 0 {
		return 0
	}
	return min(100, 100*float64(part)/float64(whole))
}

// Grade is how good a part is.
type Grade int

// The grades, from good to bad.
const (
	Good Grade = iota
	Warn
	Bad
)

// Frames lost, as OBS's own statistics judge them: over 1 % is a warning, over
// 5 % is bad.
const warnLoss, badLoss = 1.0, 5.0

// Frame rate reached, in shares of the one that is set, as OBS judges it.
const warnFPS, badFPS = 0.95, 0.80

// OBS draws congestion as a colour that turns without a step; these thirds are
// ours.
const warnCongestion, badCongestion = 0.33, 0.67

// Grades are those of each part of a Health.
type Grades struct {
	Network, Congestion, Render, Encoder, FPS Grade
}

// Grades rates each part by itself.
func (h Health) Grades() Grades {
	g := Grades{
		Network:    over(h.DroppedPercent, warnLoss, badLoss),
		Congestion: over(h.Congestion, warnCongestion, badCongestion),
		Render:     over(h.RenderLagPercent, warnLoss, badLoss),
		Encoder:    over(h.EncoderLagPercent, warnLoss, badLoss),
	}
	if h.TargetFPS > 0 {
		switch reached := h.FPS / h.TargetFPS; {
		case reached < badFPS:
			g.FPS = Bad
		case reached < warnFPS:
			g.FPS = Warn
		}
	}
	return g
}

// Dropping reports whether the network loses frames now in a share that OBS calls bad.
func (h Health) Dropping() bool { return over(h.RecentDroppedPercent, warnLoss, badLoss) == Bad }

func over(value, warn, bad float64) Grade {
	switch {
	case value > bad:
		return Bad
	case value > warn:
		return Warn
	}
	return Good
}
