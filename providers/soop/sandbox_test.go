package soop

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/oauth"
	"cuelight/providers/sandbox"
)

// simulated opens a signed-out account at a running sandbox.
func simulated(t *testing.T, dialect string) (*session, *sandbox.Server) {
	t.Helper()
	box, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	v := newVault(t)
	delete(v.Values, providers.SecretToken)
	v.Values[providers.SecretClient] = box.Client().Secret
	opened, err := New().Open(providers.Account{Settings: map[string]string{
		FieldClientID: box.Client().ID, FieldBaseURL: box.URL() + "/" + dialect, FieldDialect: dialect,
		FieldRedirectURI: box.Client().RedirectURI,
	}}, providers.Environment{Vault: v})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = opened.Close()
		_ = box.Close()
	})
	return opened.(*session), box
}

// hidden finds the fields that the login page sends along.
var hidden = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)

// clickThrough does what a person does on the login page, and gives the address
// that the browser is sent to in the end.
func clickThrough(t *testing.T, address, dialect string, box *sandbox.Server, user, decision string, withheld ...string) string {
	t.Helper()
	jar, _ := cookiejar.New(nil)
	var landed string
	transport := &http.Transport{DisableKeepAlives: true}
	browser := &http.Client{Jar: jar, Timeout: 5 * time.Second, Transport: transport, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if !strings.HasPrefix(r.URL.String(), box.URL()) {
			landed = r.URL.String()
			return http.ErrUseLastResponse
		}
		return nil
	}}
	resp, err := browser.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	page, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	form := url.Values{"user": {user}, "decision": {decision}}
	for _, right := range withheld {
		form.Set("withhold-"+right, "1")
	}
	for _, m := range hidden.FindAllStringSubmatch(string(page), -1) {
		form.Set(m[1], m[2])
	}
	resp, err = browser.PostForm(box.URL()+"/"+dialect+"/auth/login", form)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if landed == "" {
		t.Fatalf("sent nowhere: %s", page)
	}
	return landed
}

func TestTheWholeAPIAgainstTheSandbox(t *testing.T) {
	both(t, func(t *testing.T, dialect string) {
		s, box := simulated(t, dialect)
		state := oauth.NewState()
		request := s.SignInRequest(state)
		pending, err := oauth.Begin(ctx, request, state, oauth.Options{PasteOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		defer pending.Close()
		user := box.People()[0].ID
		if err := pending.Paste(clickThrough(t, request.URL, dialect, box, user, "agree")); err != nil {
			t.Fatal(err)
		}
		code, err := pending.Wait(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Exchange(ctx, providers.SignInRequest{}, code); err != nil {
			t.Fatal(err)
		}
		who, err := s.Identity(ctx)
		if err != nil || who.UserID != user || who.Nick == "" {
			t.Errorf("signed in as %+v, %v", who, err)
		}
		ingest := editedAndReadBack(t, s, dialect)
		if key, err := box.Key(ctx, user); err != nil || !key.Equal(ingest.Key) {
			t.Errorf("the key is not the sandbox's: %v", err)
		}
		fresh, err := s.ResetKey(ctx)
		if err != nil || fresh.Equal(ingest.Key) {
			t.Errorf("reset: %v", err)
		}
		wentOnAir(t, s, box, fresh, user)
		listed(t, s)
	})
}

// editedAndReadBack changes every field and finds each as it was sent.
func editedAndReadBack(t *testing.T, s *session, dialect string) providers.Ingest {
	t.Helper()
	p := providers.Patch{
		Title: ptr("오늘도 배그"), Category: ptr("40066"), ViewerLimit: ptr(500), Password: ptr(secret.New("pass12")), Hidden: ptr(true),
		AgeGrade: ptr(19), Hashtags: &[]string{"게임", "배그"}, EndingMessage: ptr("안녕"), Standby: ptr(true), StandbyMinutes: ptr(3),
		Watermark: ptr(5), RefuseExploration: ptr(false), PaidPromotion: ptr(true),
	}
	if dialect == dialectSOOP {
		p.Language = ptr("en_US")
	}
	if err := s.Update(ctx, p); err != nil {
		t.Fatal(err)
	}
	ingest, b, err := s.IngestAndBroadcast(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if b.Title != *p.Title || b.Category.Number != "00040066" || b.ViewerLimit != 500 || !b.HasPassword || !b.Hidden || b.AgeGrade != 19 ||
		strings.Join(b.Hashtags, " ") != "게임 배그" || b.EndingMessage != "안녕" || !b.Standby || b.StandbyMinutes != 3 ||
		b.Watermark != 5 || b.RefuseExploration || !b.PaidPromotion || (dialect == dialectSOOP) != (b.Language == "en_US") {
		t.Errorf("read back %+v", b)
	}
	if err := s.Update(ctx, providers.Patch{Password: &secret.Text{}, Hidden: ptr(false)}); err != nil {
		t.Fatal(err)
	}
	return ingest
}

// wentOnAir sees the broadcast in the live status.
func wentOnAir(t *testing.T, s *session, box *sandbox.Server, key secret.Text, user string) {
	t.Helper()
	if live, err := s.Live(ctx); err != nil || live.OnAir {
		t.Errorf("before: %+v, %v", live, err)
	}
	if err := box.SetOnAir(ctx, key, true); err != nil {
		t.Fatal(err)
	}
	live, err := s.Live(ctx)
	if err != nil || !live.OnAir || live.Title != "오늘도 배그" || live.Category.Number != "00040066" ||
		!strings.HasPrefix(live.WatchURL, s.dialect.playURL+"/"+user+"/") || live.Started.IsZero() {
		t.Errorf("on air: %+v, %v", live, err)
	}
}

// listed goes through everything that reads or writes lists.
func listed(t *testing.T, s *session) {
	t.Helper()
	if all, err := s.Categories(ctx, ""); err != nil || len(all) < 100 {
		t.Errorf("%d categories, %v", len(all), err)
	}
	page, err := s.Directory(ctx, providers.DirectoryQuery{})
	if err != nil || len(page.Entries) != 60 || page.Entries[0].WatchURL == "" || page.Entries[0].Started.IsZero() {
		t.Errorf("directory: %d entries, %v", len(page.Entries), err)
	}
	if beyond, err := s.Directory(ctx, providers.DirectoryQuery{Page: 100000}); err != nil || len(beyond.Entries) != 0 {
		t.Errorf("past the last page: %d entries, %v", len(beyond.Entries), err)
	}
	if languages, err := s.Languages(ctx); err != nil || (len(languages) > 5) != s.dialect.language {
		t.Errorf("languages: %v, %v", languages, err)
	}
	if station, err := s.Station(ctx); err != nil || station.Nick == "" {
		t.Errorf("station: %+v, %v", station, err)
	}
	if overlay, err := s.Overlay(ctx, "goal", "mobile"); err != nil || overlay.Empty() {
		t.Errorf("overlay: %v", err)
	}
	if e, err := s.Embed(ctx, "https://vod.sooplive.co.kr/player/71021072", 800, 0); err != nil || e.Width != 800 || e.Height != 450 {
		t.Errorf("embed: %+v, %v", e, err)
	}
	for kind, value := range map[string]string{"streamer": "someone", "category": "00300000", "keyword": "사설"} {
		filtered(t, s, kind, value)
	}
}

// filtered adds an entry, finds it, and removes it.
func filtered(t *testing.T, s *session, kind, value string) {
	t.Helper()
	has := func() bool {
		filters, err := s.Filters(ctx, kind)
		if err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		for _, f := range filters {
			if f.Value == value {
				return f.Removable
			}
		}
		return false
	}
	if err := s.PutFilter(ctx, kind, value, "이유"); err != nil || !has() {
		t.Errorf("%s was not added: %v", kind, err)
	}
	if err := s.RemoveFilter(ctx, kind, value); err != nil || has() {
		t.Errorf("%s was not removed: %v", kind, err)
	}
}
