package chzzk

import (
	"context"

	"cuelight/providers"
	"cuelight/providers/internal/lenient"
)

// The capabilities of a session.
var (
	_ interface {
		providers.Session
		providers.SignedIn
		providers.Revoker
		providers.Identifier
		providers.BrowserSignIn
		providers.Verifier
		providers.TokenInfo
		providers.Ingester
		providers.Editor
		providers.CategorySearch
		providers.Directory
		providers.EncoderLimits
	} = (*session)(nil)
	_ providers.LiveStatus = (*liveSession)(nil)
)

// session is one account.
type session struct {
	*api
	authorizeURL, redirectURI, rtmpURL, liveStatusURL string
	pages                                             directoryPages
}

// Close implements providers.Session.
func (s *session) Close() error {
	err := s.tokens.Close()
	s.http.Close()
	return err
}

// Verify implements providers.Verifier: a search for a category, which is made as
// the application, checks the client ID and secret before anybody has signed in.
func (s *session) Verify(ctx context.Context) error {
	_, err := s.searchCategories(ctx, "게임", 1)
	return err
}

// Identity implements providers.Identifier (User, users/me). The user is known by
// the channel.
func (s *session) Identity(ctx context.Context) (providers.Identity, error) {
	a, err := s.asUser(ctx, request{op: "users/me", right: "유저 정보 조회"})
	if err != nil {
		return providers.Identity{}, err
	}
	var me struct {
		ID   lenient.Text `json:"channelId"`
		Name lenient.Text `json:"channelName"`
		Nick lenient.Text `json:"nickname"`
	}
	if err := a.read(&me); err != nil {
		return providers.Identity{}, err
	}
	if me.ID == "" {
		return providers.Identity{}, a.MissingError("content.channelId")
	}
	nick := me.Name
	if nick == "" {
		nick = me.Nick
	}
	return providers.Identity{UserID: me.ID.String(), Nick: nick.String()}, nil
}
