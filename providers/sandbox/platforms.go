package sandbox

import (
	"context"
	"net/url"
	"strconv"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/sandbox/chzzksim"
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
	chzzk, err := store.Open(o.StateDir, "chzzk", chzzksim.Fresh, o.Log)
	if err != nil {
		return err
	}
	s.otherStates = append(s.otherStates, chzzk)
	s.chzzk = chzzksim.New(chzzksim.Config{
		State: chzzk, Faults: &s.faults, Seed: o.Seed, RedirectURI: o.CHZZKRedirectURI, Quirks: o.CHZZKQuirks,
		Now: o.Now, Log: o.Log, Pages: s.pages,
	})
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

// CHZZK returns the simulated application of CHZZK.
func (s *Server) CHZZK() Account {
	client := s.chzzk.Client()
	return Account{
		Platform: "chzzk", Values: map[string]string{"client_id": client.ID, "redirect_uri": client.RedirectURI},
		Secrets: map[string]secret.Text{providers.SecretClient: client.Secret},
	}
}

// CHZZKIngestURL is where people stream to at CHZZK: an application of its own at
// the same ingest.
func (s *Server) CHZZKIngestURL(ctx context.Context) string {
	u, err := url.Parse(s.IngestURL(ctx))
	if err != nil {
		return s.IngestURL(ctx)
	}
	u.Path = "/" + chzzksim.App
	return u.String()
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
	case "chzzk":
		settings["api_url"], settings["live_status_url"] = settings["base_url"], settings["base_url"]
		settings["authorize_url"] = settings["base_url"] + "/account-interlock"
		settings["rtmp_url"] = s.CHZZKIngestURL(ctx)
		delete(settings, "base_url")
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

// CHZZKState returns what CHZZK holds now of every simulated streamer, and who
// signed in last.
func (s *Server) CHZZKState(ctx context.Context) (last string, all []chzzksim.Snapshot, err error) {
	return s.chzzk.Snapshots(ctx)
}

// CHZZKKey returns a simulated streamer's stream key.
func (s *Server) CHZZKKey(ctx context.Context, channel string) secret.Text {
	return s.chzzk.Key(ctx, channel)
}

// TencentState returns what the rooms hold now.
func (s *Server) TencentState(ctx context.Context) (tencentsim.Snapshot, error) {
	return s.tencent.Snapshot(ctx)
}
