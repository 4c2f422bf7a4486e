package sandbox

import (
	"context"
	"strconv"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/sandbox/kollussim"
	"cuelight/providers/sandbox/store"
	"cuelight/providers/sandbox/tencentsim"
)

// openOtherPlatforms opens the platforms beside SOOP.
func (s *Server) openOtherPlatforms() error {
	o := s.options
	kollus, err := store.Open(o.StateDir, "kollus", kollussim.Fresh, o.Log)
	if err != nil {
		return err
	}
	s.otherStates = append(s.otherStates, kollus)
	s.kollus = kollussim.New(kollussim.Config{
		State: kollus, Faults: &s.faults, Seed: o.Seed, Now: o.Now, Log: o.Log, Pages: s.pages, IngestURL: s.IngestURL,
	})
	tencent, err := store.Open(o.StateDir, "tencent", tencentsim.Fresh, o.Log)
	if err != nil {
		return err
	}
	s.otherStates = append(s.otherStates, tencent)
	s.tencent = tencentsim.New(tencentsim.Config{State: tencent, Faults: &s.faults, Seed: o.Seed, Now: o.Now, Log: o.Log})
	return nil
}

// Account is an account at a simulated platform, ready to be added.
type Account struct {
	// Platform is the provider's ID, Values and Secrets are its fields by key.
	Platform string
	Values   map[string]string
	Secrets  map[string]secret.Text
	// Keys are stream keys, by channel, that the platform's answers lack and its
	// console would show.
	Keys map[string]secret.Text
}

// Kollus returns the simulated service account of Kollus Live: signing in by OAuth,
// or by a Personal Access Token.
func (s *Server) Kollus(byToken bool) Account {
	p := Account{
		Platform: "kollus", Values: map[string]string{"service_account": kollussim.ServiceAccount},
		Secrets: map[string]secret.Text{}, Keys: s.kollus.HiddenKeys(),
	}
	if byToken {
		p.Secrets["personal_token"] = s.kollus.PersonalToken()
		return p
	}
	client := s.kollus.Client()
	p.Values["client_id"], p.Values["redirect_uri"] = client.ID, client.RedirectURI
	p.Secrets[providers.SecretClient] = client.Secret
	return p
}

// Tencent returns the simulated app's administrator.
func (s *Server) Tencent() Account {
	return Account{
		Platform: "tencent",
		Values: map[string]string{
			"region": "seoul", "sdkappid": strconv.Itoa(tencentsim.SDKAppID), "identifier": tencentsim.Identifier,
		},
		Secrets: map[string]secret.Text{"secret_key": s.tencent.SecretKey()},
	}
}

// Point returns a copy of an account that is directed at the simulated platforms:
// calls, sign-in and stream.
func (s *Server) Point(ctx context.Context, a providers.Account) providers.Account {
	settings := make(map[string]string, len(a.Settings)+3)
	for key, value := range a.Settings {
		settings[key] = value
	}
	path := a.Platform
	if dialect := settings["dialect"]; dialect != "" {
		path = dialect
	}
	settings["base_url"] = s.URL() + "/" + path
	switch a.Platform {
	case "kollus":
		settings["api_url"] = settings["base_url"]
	case "tencent":
		settings["rtmp_url"] = s.IngestURL(ctx)
	}
	a.Settings = settings
	return a
}

// KollusKey returns the stream key of a channel's first creator, also where the
// platform's answers lack it; empty where the channel has no creator.
func (s *Server) KollusKey(channel string) secret.Text { return s.kollus.Key(channel) }

// KollusState returns what Kollus Live holds now.
func (s *Server) KollusState(ctx context.Context) (kollussim.Snapshot, error) {
	return s.kollus.Snapshot(ctx)
}

// TencentState returns what the rooms hold now.
func (s *Server) TencentState(ctx context.Context) (tencentsim.Snapshot, error) {
	return s.tencent.Snapshot(ctx)
}
