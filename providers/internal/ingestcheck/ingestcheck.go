// Package ingestcheck keeps servers and stream keys that hold characters nobody
// sees (a line end, an escape, a zero-width space) out of OBS: they would be
// written as they are, and the stream refused without a reason.
package ingestcheck

import (
	"errors"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
)

// Given cleans the edges of a server and a key that a person gave; either may
// be empty. Its error is of kind ErrUsage with the reason field.unseen.
func Given(i providers.Ingest) (providers.Ingest, error) {
	i.Server, i.Key = text.Trim(i.Server), secret.New(text.Trim(i.Key.Reveal()))
	return i, check(i, providers.Error{Kind: providers.ErrUsage, Op: "keep the stream key", Reason: "field.unseen"})
}

// Answered checks a server and a key that a platform gave; either may be empty.
// Its error is of kind ErrBadAnswer with the reason ingest.unseen.
func Answered(op string, i providers.Ingest) (providers.Ingest, error) {
	if err := check(i, providers.Error{Kind: providers.ErrBadAnswer, Op: op, Reason: "ingest.unseen"}); err != nil {
		return providers.Ingest{}, err
	}
	return i, nil
}

// check gives the failure where something is wrong.
func check(i providers.Ingest, failure providers.Error) error {
	field, err := "server", text.CheckToken(i.Server)
	if err == nil {
		field, err = "stream_key", text.CheckToken(i.Key.Reveal())
	}
	if err == nil {
		return nil
	}
	failure.Field, failure.Err = field, err
	if unseen, ok := errors.AsType[*text.UnseenError](err); ok {
		failure.Limit = unseen.Position
	}
	return &failure
}
