package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"cuelight/app/storage"
	"cuelight/internal/secret"
	"cuelight/obs"
	"cuelight/obs/obssim"
	"cuelight/providers"
	simulated "cuelight/providers/sandbox"
)

const (
	// lockName is held by the process that the simulated OBS runs in.
	lockName = "practice-obs"
	// addressFile is where that process says where its OBS listens.
	addressFile = "practice-obs.json"
	// addressInterval is how often it is looked for.
	addressInterval = 50 * time.Millisecond
	// callTimeout bounds what the simulated OBS asks of the sandbox.
	callTimeout = 5 * time.Second
)

// simulatedOBS is the sandbox's OBS: our own where we are the first process,
// else that of the process that was.
type simulatedOBS struct {
	opt    Options
	server *simulated.Server

	// starting holds a token while the OBS is started or looked for. It is no
	// mutex because it spans disk and network and has to end with a context.
	starting chan struct{}

	// mu guards the fields below; nothing is called under it.
	mu     sync.Mutex
	own    *obssim.OBS
	unlock func() // lets another process start one
	closed bool
	// streaming: our own OBS streams. over: what it streams is not to go on.
	streaming, over bool
}

func newSimulatedOBS(opt Options, server *simulated.Server) *simulatedOBS {
	return &simulatedOBS{opt: opt, server: server, starting: make(chan struct{}, 1)}
}

// endpoint gives where the simulated OBS is, and starts it where nobody has.
func (o *simulatedOBS) endpoint(ctx context.Context) (obs.Endpoint, error) {
	select {
	case o.starting <- struct{}{}:
	case <-ctx.Done():
		return obs.Endpoint{}, fmt.Errorf("wait for the simulated OBS: %w", ctx.Err())
	}
	defer func() { <-o.starting }()
	if own := o.running(); own != nil {
		return own.Endpoint(), nil
	}
	unlock, mine, err := o.claim(ctx)
	if err != nil {
		return obs.Endpoint{}, err
	}
	file := filepath.Join(o.opt.Dir, addressFile)
	if !mine {
		return readAddress(ctx, file)
	}
	own, err := o.start(ctx, file)
	if err != nil {
		unlock()
		return obs.Endpoint{}, err
	}
	if !o.keep(own, unlock) {
		own.Close()
		unlock()
		return obs.Endpoint{}, &obs.Error{Kind: obs.ErrClosed, Op: "connect"}
	}
	return own.Endpoint(), o.resume(ctx, own.Endpoint())
}

func (o *simulatedOBS) running() *obssim.OBS {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.own
}

// start starts an OBS and says in file where it is.
func (o *simulatedOBS) start(ctx context.Context, file string) (*obssim.OBS, error) {
	if err := o.takeOff(ctx); err != nil {
		return nil, err
	}
	own, err := obssim.New(obssim.Options{OnStream: o.onStream, Memory: memory{o.opt.Vault}})
	if err != nil {
		return nil, err
	}
	if err := storage.WriteJSON(file, address{Address: own.Addr().String()}, storage.MaxJSON); err != nil {
		own.Close()
		return nil, err
	}
	return own, nil
}

// keep makes a started OBS ours, unless this is over.
func (o *simulatedOBS) keep(own *obssim.OBS, unlock func()) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.closed {
		o.own, o.unlock = own, unlock
	}
	return !o.closed
}

// address is the form of addressFile.
type address struct {
	Address string `json:"address"`
}

// readAddress waits for the process that holds the simulated OBS to say where
// it is; it may just be starting.
func readAddress(ctx context.Context, file string) (obs.Endpoint, error) {
	for {
		var at address
		data, err := storage.ReadJSON(file, storage.MaxJSON)
		if err == nil && json.Unmarshal(data, &at) == nil && at.Address != "" {
			return obs.ParseEndpoint(at.Address)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return obs.Endpoint{}, fmt.Errorf("find the simulated OBS: %w", err)
		}
		select {
		case <-time.After(addressInterval):
		case <-ctx.Done():
			return obs.Endpoint{}, fmt.Errorf("find the simulated OBS: %w", ctx.Err())
		}
	}
}

// onStream plays the ingest: the simulated platform takes the stream if it was
// sent there with a key that it knows.
func (o *simulatedOBS) onStream(server string, key secret.Text, on bool) error {
	if !on && o.ending() {
		return nil // the program ends, not the stream
	}
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	if want := o.server.IngestURL(ctx); on && !sameServer(server, want) {
		return fmt.Errorf("the simulated OBS can only send to %s", want)
	}
	if err := o.server.SetOnAir(ctx, key, on); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.streaming = on
	return nil
}

func (o *simulatedOBS) ending() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.closed
}

// endStream stops the stream of our own OBS, unless there is none.
func (o *simulatedOBS) endStream() {
	own := o.running()
	if own == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	if err := stopStream(ctx, own.Endpoint()); err != nil {
		o.opt.Log.Warn("end the simulated stream", "err", err)
	}
	// Also where OBS has just begun or could not be asked: nothing is to go on.
	o.mu.Lock()
	defer o.mu.Unlock()
	o.over = true
}

func stopStream(ctx context.Context, at obs.Endpoint) error {
	client, err := obs.Dial(ctx, at)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := client.StopStream(ctx); !errors.Is(err, obs.ErrNotStreaming) {
		return err
	}
	return nil
}

func sameServer(a, b string) bool { return strings.TrimRight(a, "/") == strings.TrimRight(b, "/") }

// close ends our own OBS, and leaves what it streams to the next process.
func (o *simulatedOBS) close() {
	o.mu.Lock()
	own, unlock, goesOn := o.own, o.unlock, o.streaming && !o.over
	o.own, o.unlock, o.closed = nil, nil, true
	o.mu.Unlock()
	if own == nil {
		return
	}
	own.Close()
	if err := os.Remove(filepath.Join(o.opt.Dir, addressFile)); err != nil {
		o.opt.Log.Warn("take the simulated OBS's address away", "err", err)
	}
	if goesOn {
		ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
		defer cancel()
		if err := o.opt.Vault.Set(ctx, streamingItem, secret.New("on")); err != nil {
			o.opt.Log.Warn("leave the simulated stream to the next process", "err", err)
		}
	}
	unlock()
}

// memory keeps the simulated OBS's settings.
type memory struct{ vault Vault }

// Load implements obssim.Memory.
func (m memory) Load() (secret.Text, error) {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	kept, err := m.vault.Get(ctx, settingsItem)
	if errors.Is(err, providers.ErrNoSecret) {
		return secret.Text{}, nil
	}
	return kept, err
}

// Save implements obssim.Memory.
func (m memory) Save(settings secret.Text) error {
	ctx, cancel := context.WithTimeout(context.Background(), callTimeout)
	defer cancel()
	return m.vault.Set(ctx, settingsItem, settings)
}
