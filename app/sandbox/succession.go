package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"cuelight/obs"
)

// claimLockName is held while a process finds out whether lockName is free.
const claimLockName = "practice-obs-claim"

// claim makes this the process that the simulated OBS runs in, unless another is.
func (o *simulatedOBS) claim(ctx context.Context) (unlock func(), mine bool, err error) {
	claimed, err := o.opt.Locks.Lock(ctx, claimLockName)
	if err != nil {
		return nil, false, err
	}
	defer claimed()
	return o.opt.Locks.Try(lockName)
}

// settle ends what a process that was killed has left on air: nobody sends it.
func (o *simulatedOBS) settle(ctx context.Context) error {
	claimed, err := o.opt.Locks.Lock(ctx, claimLockName)
	if err != nil {
		return err
	}
	defer claimed()
	unlock, mine, err := o.opt.Locks.Try(lockName)
	if err != nil || !mine {
		return err
	}
	defer unlock()
	return o.takeOff(ctx)
}

// takeOff is settle for who holds lockName. An OBS that ended takes its address
// along: where there is one, its process was killed.
func (o *simulatedOBS) takeOff(ctx context.Context) error {
	file := filepath.Join(o.opt.Dir, addressFile)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := o.server.TakeOff(ctx); err != nil {
		return err
	}
	return os.Remove(file)
}

// resume lets the simulated OBS go on streaming where a command before this one
// left it so: a real OBS does not stop either when a command ends. The stream of
// a process that was killed is over.
func (o *simulatedOBS) resume(ctx context.Context, at obs.Endpoint) error {
	left, err := o.opt.Vault.Get(ctx, streamingItem)
	if err != nil || left.Empty() {
		return nil
	}
	if err := o.opt.Vault.Delete(ctx, streamingItem); err != nil {
		return err
	}
	client, err := obs.Dial(ctx, at)
	if err != nil {
		return fmt.Errorf("go on with the simulated stream: %w", err)
	}
	defer client.Close()
	if err := client.StartStream(ctx); err != nil {
		o.opt.Log.Warn("the simulated stream does not go on", "err", err)
		return o.server.TakeOff(ctx)
	}
	return nil
}
