package ingeststore

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// vault keeps secrets in memory.
type vault map[string]secret.Text

func (v vault) Get(_ context.Context, name string) (secret.Text, error) {
	if s, ok := v[name]; ok {
		return s, nil
	}
	return secret.Text{}, providers.ErrNoSecret
}

func (v vault) Set(_ context.Context, name string, s secret.Text) error {
	v[name] = s
	return nil
}

func (v vault) Delete(_ context.Context, name string) error {
	delete(v, name)
	return nil
}
func (v vault) Lock(context.Context) (func(), error) { return func() {}, nil }

func TestEachChannelHasItsOwnAndNoneOutlivesTheAccount(t *testing.T) {
	v := vault{"token": secret.New("other")}
	s, ctx := Store{v}, t.Context()
	until := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, channel := range []string{"a", "b/c", "a", "가"} {
		entry := Entry{Ingest: providers.Ingest{Server: "rtmp://x/" + channel, Key: secret.New("key of " + channel)}, Expires: until}
		if err := s.Put(ctx, channel, entry); err != nil {
			t.Fatal(err)
		}
	}
	for _, channel := range []string{"a", "b/c", "가"} {
		entry, found, err := s.Get(ctx, channel)
		if err != nil || !found || entry.Ingest.Server != "rtmp://x/"+channel || entry.Ingest.Key.Reveal() != "key of "+channel || !entry.Expires.Equal(until) {
			t.Errorf("%s: %v, found %t (%v)", channel, entry.Ingest.Server, found, err)
		}
		if printed := fmt.Sprintf("%+v", entry); strings.Contains(printed, "key of") {
			t.Errorf("printed %s", printed)
		}
	}
	if err := s.Put(ctx, "b/c", Entry{}); err != nil {
		t.Error(err)
	}
	if _, found, _ := s.Get(ctx, "b/c"); found {
		t.Error("it is still there after removal")
	}
	if err := s.Put(ctx, "never", Entry{}); err != nil {
		t.Errorf("nothing to remove: %v", err)
	}
	if err := s.RemoveAll(ctx); err != nil || len(v) != 1 {
		t.Errorf("the vault holds %d values (%v)", len(v), err)
	}
}

func TestAValueThatCannotBeReadCountsAsNone(t *testing.T) {
	v := vault{entryPrefix + "a": secret.New("not JSON"), indexName: secret.New("neither")}
	s := Store{v}
	if _, found, err := s.Get(t.Context(), "a"); found || err != nil {
		t.Errorf("found %t (%v)", found, err)
	}
	if err := s.Put(t.Context(), "a", Entry{Ingest: providers.Ingest{Server: "rtmp://x/"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveAll(t.Context()); err != nil || len(v) != 0 {
		t.Errorf("the vault holds %d values (%v)", len(v), err)
	}
}
