package soop

import "cuelight/providers"

// The capabilities of a session.
var _ interface {
	providers.Session
	providers.SignedIn
	providers.Identifier
	providers.BrowserSignIn
	providers.NumberSignIn
	providers.TokenInfo
	providers.Ingester
	providers.KeyResetter
	providers.Editor
	providers.IngestEditor
	providers.Categories
	providers.LiveStatus
	providers.StationInfo
	providers.Directory
	providers.Overlays
	providers.Filters
	providers.Embeds
	providers.EncoderLimits
} = (*session)(nil)

// session is one account.
type session struct {
	*api
	filters
	redirectURI, platformType string
	// askRights: the sign-in names the rights that are used.
	askRights bool
}

// Close implements providers.Session.
func (s *session) Close() error {
	err := s.tokens.Close()
	s.http.Close()
	return err
}
