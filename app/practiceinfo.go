package app

import (
	"context"
	"slices"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/sandbox"
)

// SandboxInfo is where the simulated services are.
type SandboxInfo struct {
	URL          string
	SOOP         string
	AfreecaTV    string
	Ingest       string
	ClientID     string
	ClientSecret secret.Text
	RedirectURI  string
	// Streamers are the login ids to sign in as.
	Streamers []string
	// Others are practice accounts of the other platforms, with their addresses.
	Others []SandboxAccount
}

// SandboxAccount is a practice account, as `account add` wants it.
type SandboxAccount struct {
	Platform string
	Values   map[string]string
	Secrets  map[string]secret.Text
	// Keys are stream keys, by channel, that a user would have to look up.
	Keys map[string]secret.Text
}

// Sandbox tells where the simulated services are; ok is false outside the
// sandbox.
func (e *Engine) Sandbox(ctx context.Context) (info SandboxInfo, ok bool) {
	if e.service == nil {
		return info, false
	}
	server := e.service.server
	client := server.Client()
	info = SandboxInfo{
		URL: server.URL(), SOOP: server.URL() + "/soop", AfreecaTV: server.URL() + "/afreecatv",
		Ingest: server.IngestURL(ctx), ClientID: client.ID, ClientSecret: client.Secret,
		RedirectURI: client.RedirectURI,
	}
	for _, person := range server.People() {
		info.Streamers = append(info.Streamers, person.ID)
	}
	slices.Sort(info.Streamers)
	for _, practice := range []sandbox.Account{server.Kollus(false), server.Kollus(true), server.Tencent()} {
		pointed := server.Point(ctx, providers.Account{Platform: practice.Platform, Settings: practice.Values})
		info.Others = append(info.Others, SandboxAccount{
			Platform: practice.Platform, Values: pointed.Settings, Secrets: practice.Secrets, Keys: practice.Keys,
		})
	}
	return info, true
}
