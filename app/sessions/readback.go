package sessions

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"cuelight/providers"
)

// readBackTimeout bounds the question what the platform holds, just before it is
// changed.
const readBackTimeout = 10 * time.Second

// ReadBack asks what the platform holds, just before it is changed. A platform that
// does not answer holds no change up: that is logged, and ok is false. Only the end of
// the context is an error.
func ReadBack(ctx context.Context, editor providers.Editor, log *slog.Logger) (now providers.Broadcast, ok bool, err error) {
	reading, cancel := context.WithTimeout(ctx, readBackTimeout)
	defer cancel()
	now, err = editor.Broadcast(reading)
	switch {
	case ctx.Err() != nil:
		return now, false, fmt.Errorf("read the broadcast's settings: %w", ctx.Err())
	case err != nil:
		log.Warn("read the settings before changing them", "err", err)
		return now, false, nil
	}
	return now, true, nil
}
