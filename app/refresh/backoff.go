package refresh

import (
	"errors"
	"strings"
	"time"

	"cuelight/providers"
)

const (
	// slowest is the longest pause between questions to a platform that has a
	// fault or asks for fewer.
	slowest = 10 * time.Minute
	// longestPause bounds a pause that the platform asks for, lest a clock that
	// is wrong there makes it last for ever.
	longestPause = time.Hour
)

// backoff tells when the platform is asked next. A platform that is faulty or
// asks for a pause is asked less and less; one that just cannot be reached, as
// with a cable pulled out, is asked as ever: that costs it nothing, and the
// window is back at once when the network is.
type backoff struct {
	failures int
	// jitter gives [0, 1): many Cuelights must not come back in step.
	jitter func() float64
}

// after gives the pause after a round of questions that ended with err, in
// which the platform is asked ordinarily every usual. earliest is the part of
// it that nothing may shorten.
func (b *backoff) after(err error, usual time.Duration) (pause, earliest time.Duration) {
	var failed *providers.Error
	faulty := errors.As(err, &failed) &&
		(failed.Kind == providers.ErrTooFrequent || failed.Kind == providers.ErrBadAnswer || strings.HasPrefix(failed.Code, "HTTP 5"))
	if !faulty {
		b.failures = 0
		return usual, 0
	}
	b.failures++
	pause = min(usual<<min(b.failures, 10), slowest)
	if failed.Kind == providers.ErrTooFrequent {
		earliest = min(failed.RetryAfter, longestPause)
		if earliest <= 0 {
			earliest = usual
		}
	}
	pause = max(pause, earliest)
	return pause + time.Duration(b.jitter()*float64(pause)/5), earliest
}
