package obs

import (
	"context"
	"errors"
)

// DialAny connects to the first of some endpoints that lets us in, and tells
// which that is. Several may have one address and different passwords.
//
// Where none does, the error is the one that helps most, with its endpoint: a
// refused password, else that of the first. It does not go on after ErrKicked or
// when the context is cancelled. Errors: those of Dial, and ErrUsage without any
// endpoint.
func (d Dialer) DialAny(ctx context.Context, endpoints ...Endpoint) (*Client, Endpoint, error) {
	var best error = &Error{Kind: ErrUsage, Op: "dial", Comment: "no endpoint"}
	var at Endpoint
	absent := map[string]bool{} // addresses where another password is no help
	for i, endpoint := range endpoints {
		if absent[endpoint.Address()] {
			continue
		}
		client, err := d.Dial(ctx, endpoint)
		if err == nil {
			return client, endpoint, nil
		}
		if i == 0 || errors.Is(err, ErrPassword) && !errors.Is(best, ErrPassword) {
			best, at = err, endpoint
		}
		if ctx.Err() != nil || errors.Is(err, ErrKicked) || errors.Is(err, context.Canceled) {
			return nil, endpoint, err
		}
		absent[endpoint.Address()] = !errors.Is(err, ErrPassword)
	}
	return nil, at, best
}
