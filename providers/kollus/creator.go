package kollus

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"cuelight/internal/text"
	"cuelight/providers"
	"cuelight/providers/internal/ingeststore"
	"cuelight/providers/internal/lenient"
)

// opCreators names the call in errors.
const opCreators = "channels/{key}/creators"

// id is what a creator is remembered by.
func (c creatorData) id() string { return cmp.Or(c.Key.String(), c.Name.String()) }

// Creators implements providers.Creators: up to three a channel, each with a
// stream key of their own (the vendor's manual).
func (s *session) Creators(ctx context.Context) ([]providers.Creator, error) {
	all, kept, err := s.creatorsAndChoice(ctx)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(all, kept)
	out := make([]providers.Creator, 0, len(all))
	for _, c := range all {
		out = append(out, providers.Creator{
			Key: c.id(), Name: cmp.Or(c.Name.String(), c.id()), HasKey: c.StreamKey != "",
			Chosen: err == nil && chosen.id() != "" && c.id() == chosen.id(),
		})
	}
	return out, nil
}

// UseCreator implements providers.Creators.
func (s *session) UseCreator(ctx context.Context, which string) error {
	all, _, err := s.creatorsAndChoice(ctx)
	if err != nil {
		return err
	}
	which = text.Title(which)
	at := slices.IndexFunc(all, func(c creatorData) bool { return c.id() == which })
	if at < 0 {
		at = slices.IndexFunc(all, func(c creatorData) bool { return strings.EqualFold(text.Title(c.Name.String()), which) })
	}
	if at < 0 || which == "" {
		return &providers.Error{Kind: providers.ErrUsage, Op: opCreators, Field: "creator", Reason: "creator.unknown", Err: namesOf(all)}
	}
	return s.ingests.Change(ctx, s.channel, func(kept ingeststore.Entry) ingeststore.Entry {
		kept.Creator, kept.CreatorName = all[at].id(), all[at].Name.String()
		return kept
	})
}

func (s *session) creatorsAndChoice(ctx context.Context) ([]creatorData, ingeststore.Entry, error) {
	if s.channel == "" {
		return nil, ingeststore.Entry{}, usage("channel", "channel.none")
	}
	kept, _, err := s.ingests.Get(ctx, s.channel)
	if err != nil {
		return nil, kept, err
	}
	c, err := s.ownChannel(ctx)
	if err != nil {
		return nil, kept, err
	}
	all, err := s.everyCreator(ctx, c)
	return all, kept, err
}

// choose gives the creator whose stream key is used: the one chosen, else the only
// one with a key; an empty one where nobody has a key.
func choose(all []creatorData, kept ingeststore.Entry) (creatorData, error) {
	if kept.Creator != "" {
		at := slices.IndexFunc(all, func(c creatorData) bool { return c.id() == kept.Creator })
		if at < 0 {
			return creatorData{}, &providers.Error{
				Kind: providers.ErrUsage, Op: opCreators, Field: "creator", Reason: "creator.gone",
				Err: errors.New(cmp.Or(kept.CreatorName, kept.Creator)),
			}
		}
		return all[at], nil
	}
	var withKey []creatorData
	for _, c := range all {
		if c.StreamKey != "" {
			withKey = append(withKey, c)
		}
	}
	switch len(withKey) {
	case 0:
		return creatorData{}, nil
	case 1:
		return withKey[0], nil
	}
	return creatorData{}, &providers.Error{
		Kind: providers.ErrUsage, Op: opCreators, Field: "creator", Reason: "creator.choose", Err: namesOf(all),
	}
}

// namesOf lists creators for a person.
func namesOf(all []creatorData) error {
	names := make([]string, 0, len(all))
	for _, c := range all {
		names = append(names, cmp.Or(c.Name.String(), c.id()))
	}
	return errors.New(strings.Join(names, ", "))
}

func firstServer(all []creatorData) string {
	for _, c := range all {
		if server := c.server(); server != "" {
			return server
		}
	}
	return ""
}

// everyCreator gives each creator of the channel once: those that the channel's
// own answer has, else those of the list, which also has the ones that an answer
// with only one of them leaves out.
func (s *session) everyCreator(ctx context.Context, c channelData) ([]creatorData, error) {
	if c.Creators.Set && len(c.Creators.Items) > 0 {
		return onceEach(c.allCreators()), nil
	}
	listed, err := s.listCreators(ctx)
	return onceEach(append(listed, c.allCreators()...)), err
}

// onceEach leaves out repeats, and keeps the key and server that any of them has.
func onceEach(all []creatorData) []creatorData {
	var out []creatorData
	for _, c := range all {
		at := slices.IndexFunc(out, func(o creatorData) bool { return o.id() == c.id() })
		switch {
		case at < 0:
			out = append(out, c)
		case out[at].StreamKey == "":
			out[at] = c
		}
	}
	return out
}

// listCreators asks who may broadcast on the channel. It is no error where the
// service does not say: the user can enter a key.
func (s *session) listCreators(ctx context.Context) ([]creatorData, error) {
	a, err := s.call(ctx, request{
		op: opCreators, method: http.MethodGet,
		path: "/channels/" + url.PathEscape(s.channel) + "/creators", absent: "channel.unknown",
	})
	if a.Status == http.StatusForbidden || a.Status == http.StatusNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list struct {
		Data lenient.List[creatorData] `json:"data"`
	}
	if err := a.JSON(&list); err != nil {
		return nil, err
	}
	return list.Data.Items, nil
}
