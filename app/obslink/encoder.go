package obslink

import (
	"context"

	"cuelight/obs"
	"cuelight/obs/discovery"
	"cuelight/obs/encoder"
)

// Profiler is a connection to OBS whose profiles tell of the encoder in advanced
// mode as well.
type Profiler struct {
	*obs.Client
	link *Connection
}

// Profiler gives a live connection, as Client does.
func (c *Connection) Profiler(ctx context.Context) (Profiler, error) {
	client, err := c.Client(ctx)
	return Profiler{client, c}, err
}

// Profile reads what the current profile would stream with. In advanced mode the
// encoder's settings are read from the files of an OBS on this machine, as OBS
// does not tell them; where that cannot be done, they stay unknown.
func (p Profiler) Profile(ctx context.Context) (obs.Profile, error) {
	profile, err := p.Client.Profile(ctx)
	if err != nil || !profile.Advanced || p.link.Simulated(p.Client) {
		return profile, err
	}
	if video, err := p.advanced(ctx, profile); err == nil {
		profile.Encoded = video
	}
	return profile, nil
}

// advanced reads the encoder's settings of advanced mode.
func (p Profiler) advanced(ctx context.Context, profile obs.Profile) (encoder.Video, error) {
	at, err := obs.ParseEndpoint(p.Address())
	if err != nil {
		return encoder.Video{}, err
	}
	raw, err := discovery.StreamEncoder(ctx, p.link.opt.Places(), at, profile.Name)
	if err != nil {
		return encoder.Video{}, err
	}
	return encoder.Advanced(profile.Encoder, raw, profile.Video.FPS)
}
