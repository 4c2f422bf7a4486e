package obs

import (
	"context"
	"time"

	"github.com/andreykaipov/goobs/api/requests/general"
)

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
