package kit_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
)

func TestAnOlderAnswerIsNotHeard(t *testing.T) {
	r := kittest.NewRig(t, kittest.Complete())
	request := kit.NewRequest(r.UI)
	a := &request
	release, cancelled := make(chan struct{}), make(chan struct{})
	var heard []string
	kit.Send(a, time.Minute, func(ctx context.Context) (string, error) {
		<-ctx.Done()
		close(cancelled)
		<-release
		return "old", nil
	}, func(s string, _ error) { heard = append(heard, s) })
	kit.Send(a, time.Minute, func(context.Context) (string, error) { return "new", nil },
		func(s string, _ error) { heard = append(heard, s) })
	<-cancelled
	r.Until("the new answer", func() bool { return len(heard) == 1 })
	close(release)
	r.Settle() // the old answer arrives
	if !slices.Equal(heard, []string{"new"}) || a.Running() {
		t.Errorf("heard %v", heard)
	}
}
