package sandbox

import (
	"context"
	"slices"

	"cuelight/internal/secret"
	"cuelight/providers"
	simulated "cuelight/providers/sandbox"
)

// Info is where the simulated services are.
type Info struct {
	URL          string
	SOOP         string
	AfreecaTV    string
	Ingest       string
	ClientID     string
	ClientSecret secret.Text
	RedirectURI  string
	// Streamers are the login ids to sign in as.
	Streamers []string
	// Others are accounts of the other platforms, with their addresses.
	Others []Account
}

// Account is a simulated platform's account, as `account add` wants it.
type Account struct {
	Platform string
	Values   map[string]string
	Secrets  map[string]secret.Text
	// Keys are stream keys, by channel, that a user would have to look up.
	Keys map[string]secret.Text
}

// Info tells where the simulated services are.
func (s *Services) Info(ctx context.Context) Info {
	server := s.server
	client := server.Client()
	info := Info{
		URL: server.URL(), SOOP: server.URL() + "/soop", AfreecaTV: server.URL() + "/afreecatv",
		Ingest: server.IngestURL(ctx), ClientID: client.ID, ClientSecret: client.Secret,
		RedirectURI: client.RedirectURI,
	}
	for _, person := range server.People() {
		info.Streamers = append(info.Streamers, person.ID)
	}
	slices.Sort(info.Streamers)
	for _, account := range []simulated.Account{server.Kollus(false), server.Kollus(true), server.Tencent(), server.CHZZK()} {
		pointed := server.Point(ctx, providers.Account{Platform: account.Platform, Settings: account.Values})
		info.Others = append(info.Others, Account{
			Platform: account.Platform, Values: pointed.Settings, Secrets: account.Secrets, Keys: account.Keys,
		})
	}
	return info
}
