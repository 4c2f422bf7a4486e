package tencent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"golang.org/x/time/rate"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/internal/httpcall"
	"cuelight/providers/internal/ingeststore"
)

// The capabilities of a session. The REST API does not say whether somebody is
// streaming into a room, so there is no LiveStatus.
var _ interface {
	providers.Session
	providers.SignedIn
	providers.Verifier
	providers.Forgetter
	providers.Channels
	providers.Editor
	providers.Ingester
} = (*session)(nil)

// servicePath is the path of every call (document, Request parameters).
const servicePath = "/v4/live_engine_http_srv/"

// session is one app's administrator, with at most one room.
type session struct {
	// room is the account's RoomId; may be empty.
	room             string
	base, rtmpServer string
	app              uint32
	identifier       string

	vault       providers.Vault
	ingests     ingeststore.Store
	http        *httpcall.Client
	signer      signer
	listLimiter *rate.Limiter
	onWait      func(op string, wait time.Duration)
	now         func() time.Time
	pages       *pageHistory
}

// Close implements providers.Session.
func (s *session) Close() error {
	s.http.Close()
	return nil
}

// SignedIn implements providers.SignedIn: with the secret key in the Vault
// there is nothing left to sign in for.
func (s *session) SignedIn(ctx context.Context) (bool, error) {
	_, err := s.key(ctx)
	if errors.Is(err, providers.ErrSignIn) {
		return false, nil
	}
	return err == nil, err
}

// SignOut implements providers.SignedIn: it forgets the secret key and what was
// signed with it.
func (s *session) SignOut(ctx context.Context) error {
	if err := s.Forget(ctx); err != nil {
		return err
	}
	if err := s.vault.Delete(ctx, FieldSecretKey); err != nil {
		return fmt.Errorf("forget secret key: %w", err)
	}
	return nil
}

// Forget implements providers.Forgetter.
func (s *session) Forget(ctx context.Context) error { return s.ingests.RemoveAll(ctx) }

// Verify implements providers.Verifier: it asks for one room.
func (s *session) Verify(ctx context.Context) error {
	if in, err := s.SignedIn(ctx); err != nil {
		return err
	} else if !in {
		return usage(FieldSecretKey, "secret_key.missing")
	}
	_, err := s.list(ctx, "", 1)
	return err
}

// key reads the app's secret key.
func (s *session) key(ctx context.Context) (secret.Text, error) {
	key, err := s.vault.Get(ctx, FieldSecretKey)
	if errors.Is(err, providers.ErrNoSecret) || err == nil && key.Empty() {
		return secret.Text{}, &providers.Error{
			Kind: providers.ErrSignIn, Op: "usersig", Field: FieldSecretKey, Reason: "secret_key.missing",
		}
	}
	if err != nil {
		return secret.Text{}, fmt.Errorf("read secret key: %w", err)
	}
	return key, nil
}

// call makes a call and returns its Response. Where the signature has expired it is
// renewed and the call repeated, once; so is a call that the service asks to
// repeat.
func (s *session) call(ctx context.Context, command string, request any) (json.RawMessage, error) {
	key, err := s.key(ctx)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(request)
	if err != nil {
		return nil, &providers.Error{Kind: providers.ErrUsage, Op: command, Err: err}
	}
	var rejected secret.Text
	for attempt := 0; ; attempt++ {
		sig, err := s.signer.get(s.identifier, key, rejected)
		if err != nil {
			return nil, err
		}
		response, again, err := s.do(ctx, command, string(body), sig)
		if err == nil || attempt > 0 || again == noRetry {
			return response, err
		}
		if again == renewSignature {
			rejected = sig
			continue
		}
		if waitErr := s.waitRetry(ctx, command, again); waitErr != nil {
			return nil, err
		}
	}
}

// do makes one call and returns whether it may be repeated.
func (s *session) do(ctx context.Context, command, body string, sig secret.Text) (json.RawMessage, retry, error) {
	if command == commandList {
		if err := s.waitTurn(ctx, command); err != nil {
			return nil, noRetry, err
		}
	}
	query := url.Values{
		"sdkappid": {strconv.FormatUint(uint64(s.app), 10)}, "identifier": {s.identifier}, "usersig": {sig.Reveal()},
		"random": {strconv.FormatUint(uint64(rand.Uint32()), 10)}, "contenttype": {"json"},
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	a, err := s.http.Do(ctx, httpcall.Request{
		Op: command, Method: http.MethodPost, URL: s.base + servicePath + command + "?" + query.Encode(), Body: body,
		Header:  http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}},
		Secrets: []secret.Text{sig},
	})
	if err != nil {
		return nil, noRetry, err
	}
	return checkResponse(a)
}

// waitTurn waits until the rate limit allows a list call.
func (s *session) waitTurn(ctx context.Context, op string) error {
	turn := s.listLimiter.Reserve()
	if err := httpcall.Wait(ctx, op, turn.Delay(), s.onWait); err != nil {
		turn.Cancel()
		return err
	}
	return nil
}

// waitRetry waits before a call is repeated: a second where calls came too often
// (the limits are per second), else 200 ms.
func (s *session) waitRetry(ctx context.Context, op string, a retry) error {
	d := 200 * time.Millisecond
	if a == retryLater {
		d = time.Second
	}
	return httpcall.Wait(ctx, op, d, s.onWait)
}
