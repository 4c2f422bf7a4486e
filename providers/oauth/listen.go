package oauth

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"time"

	"cuelight/providers"
)

const (
	// portRetryTimeout is how long a port in use is tried again: the listener of
	// the previous sign-in may still be serving its final page.
	portRetryTimeout = 2 * time.Second
	// portRetryInterval is the time between two attempts.
	portRetryInterval = 50 * time.Millisecond
)

// ListenFunc is (*net.ListenConfig).Listen.
type ListenFunc func(ctx context.Context, network, address string) (net.Listener, error)

// listenAll listens on every address of a redirect that this machine has. A port in
// use on any of them is an error: the program there could receive the code.
func listenAll(ctx context.Context, listen ListenFunc, r redirect) ([]net.Listener, error) {
	deadline := time.Now().Add(portRetryTimeout)
	for {
		opened, err := tryListenAll(ctx, listen, r)
		if err == nil || !inUse(err) || time.Now().After(deadline) {
			return opened, listenError(err, r)
		}
		select {
		case <-ctx.Done():
			return nil, listenError(err, r)
		case <-time.After(portRetryInterval):
		}
	}
}

// tryListenAll makes one attempt.
func tryListenAll(ctx context.Context, listen ListenFunc, r redirect) ([]net.Listener, error) {
	var opened []net.Listener
	var absent error
	for _, address := range r.listen {
		network := "tcp4"
		if strings.HasPrefix(address, "[") {
			network = "tcp6"
		}
		l, err := listen(ctx, network, address)
		if err == nil {
			opened = append(opened, l)
			continue
		}
		if inUse(err) || errors.Is(err, fs.ErrPermission) || ctx.Err() != nil {
			closeAll(opened)
			return nil, err
		}
		// Machines without IPv6, or without IPv4, lack one of the two.
		absent = err
	}
	if len(opened) == 0 {
		return nil, absent
	}
	return opened, nil
}

// closeAll closes listeners that will not be used.
func closeAll(listeners []net.Listener) {
	for _, l := range listeners {
		_ = l.Close()
	}
}

// listenError says which address could not be listened on, and what to do.
func listenError(err error, r redirect) error {
	if err == nil {
		return nil
	}
	if inUse(err) {
		return &providers.Error{
			Kind: providers.ErrUsage, Op: opSignIn, Field: "redirect_uri", Reason: "signin.port_taken",
			Err: fmt.Errorf("another program listens on %s: close it, or register another port "+
				"with the platform and enter it here, or paste the address the browser ends at", r.host),
		}
	}
	return &providers.Error{
		Kind: providers.ErrUsage, Op: opSignIn, Field: "redirect_uri", Reason: "signin.port_denied",
		Err: fmt.Errorf("listen on %s: %w", r.host, err),
	}
}
