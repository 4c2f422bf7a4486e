package contract

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"cuelight/internal/secret"
	"cuelight/providers"
	"cuelight/providers/chzzk"
	"cuelight/providers/kollus"
	"cuelight/providers/oauth"
	"cuelight/providers/sandbox"
	"cuelight/providers/sandbox/chzzksim"
	"cuelight/providers/soop"
	"cuelight/providers/tencent"
)

// platform is one row of the contract.
type platform struct {
	name     string
	provider func() providers.Provider
	// capabilities are exactly those that a session has.
	capabilities []string
	account      func(*world) account
	// tokenPath ends the path of the token endpoint; empty where tokens are not
	// refreshed.
	tokenPath string
	// expire makes the platform reject the present token, or signature, at the
	// next call that ask makes.
	expire func(*world)
	// expired is the kind of error where that one cannot be replaced; nil where
	// it can.
	expired error
	// updateMethod is the HTTP method of an update.
	updateMethod string
	// refusal is the platform's own no, with a message in it.
	refusal func(message string) *http.Response
	// refused is a patch that Check lets through and the platform refuses.
	refused providers.Patch
	// unknown are values that Check refuses, by the reason.
	unknown map[string]providers.Patch
	// category are two category numbers that a broadcast can be in; found is what
	// the first is found by, where categories are searched for.
	category [2]string
	found    string
	// person is who signs in; nil means SOOP's first.
	person *providers.Identity
	// serverEnd is how the address of the server ends; empty means with a slash.
	serverEnd string
}

// who is the person that signs in.
func (p platform) who(w *world) providers.Identity {
	if p.person != nil {
		return *p.person
	}
	me := w.box.People()[0]
	return providers.Identity{UserID: me.ID, Nick: me.Nick}
}

// account is an account with its secrets.
type account struct {
	providers.Account
	secrets map[string]secret.Text
}

// platforms are all of them.
func platforms() []platform {
	return []platform{
		soopPlatform("SOOP", "soop"), soopPlatform("AfreecaTV", "afreecatv"),
		kollusPlatform("Kollus by OAuth", false), kollusPlatform("Kollus by token", true), tencentPlatform(),
		chzzkPlatform("CHZZK", "off"), chzzkPlatform("CHZZK with a live status", "unofficial"),
	}
}

func words(s string) []string { return strings.Fields(s) }

func soopPlatform(name, dialect string) platform {
	p := platform{
		name: name, provider: soop.New,
		capabilities: words("SignedIn Identifier BrowserSignIn NumberSignIn TokenInfo Ingester KeyResetter Editor IngestEditor " +
			"Categories LiveStatus StationInfo Directory Overlays Filters Embeds EncoderLimits"),
		account: func(w *world) account {
			client := w.box.Client()
			return account{providers.Account{Name: "me", Platform: soop.ID, Settings: map[string]string{
				soop.FieldClientID: client.ID, soop.FieldRedirectURI: client.RedirectURI, soop.FieldDialect: dialect,
			}}, map[string]secret.Text{soop.FieldClientSecret: client.Secret}}
		},
		tokenPath: "/auth/token", updateMethod: http.MethodPost,
		expire: func(w *world) { w.fault(sandbox.Fault{Endpoint: "broad/rtmp", Kind: "expired_token"}) },
		refusal: func(message string) *http.Response {
			return respond(http.StatusOK, `{"result":-515,"msg":"`+message+`"}`)
		},
		refused: providers.Patch{Title: ptr("다른 제목"), Category: ptr("99999999")},
		unknown: map[string]providers.Patch{
			"category.unknown":  {Title: ptr("x"), Category: ptr("게임")},
			"grade.unknown":     {Title: ptr("x"), AgeGrade: ptr(7)},
			"watermark.unknown": {Title: ptr("x"), Watermark: ptr(7)},
			"cover.unsupported": {Title: ptr("x"), CoverURL: ptr("https://img.example/1.png")},
		},
		category: [2]string{"00040066", "00330000"},
	}
	if dialect == "afreecatv" {
		p.unknown["language.unsupported"] = providers.Patch{Title: ptr("x"), Language: ptr("en_US")}
	}
	return p
}

func kollusPlatform(name string, byToken bool) platform {
	p := platform{
		name: name, provider: kollus.New,
		capabilities: words("SignedIn TokenInfo Verifier Forgetter Channels Editor Ingester IngestKeeper Creators LiveStatus Statistics " +
			"EncoderLimits BrowserSignIn"),
		account: func(w *world) account {
			a := w.box.Kollus(byToken)
			return account{providers.Account{
				Name: "me", Platform: kollus.ID, Channel: "pk1000live00", Settings: a.Values,
			}, a.Secrets}
		},
		tokenPath: "/oauth/token", updateMethod: http.MethodPut,
		expire: func(w *world) { w.fault(sandbox.Fault{Endpoint: "channels", Kind: "expired_token"}) },
		refusal: func(message string) *http.Response {
			return respond(http.StatusConflict, `{"message":"`+message+`"}`)
		},
		refused: providers.Patch{Title: ptr(strings.Repeat("가", 256))},
		unknown: map[string]providers.Patch{
			"category.unsupported": {Title: ptr("x"), Category: ptr("1")},
			"hidden.unsupported":   {Title: ptr("x"), Hidden: ptr(true)},
		},
	}
	if byToken {
		p.tokenPath, p.expired = "", providers.ErrSignIn
		p.capabilities[len(p.capabilities)-1] = "TokenSignIn"
	}
	return p
}

func tencentPlatform() platform {
	return platform{
		name: "Tencent", provider: tencent.New, updateMethod: http.MethodPost,
		capabilities: words("SignedIn Verifier Forgetter Channels Editor Ingester EncoderLimits"),
		account: func(w *world) account {
			a := w.box.Tencent()
			return account{providers.Account{
				Name: "me", Platform: tencent.ID, Channel: "live_000", Settings: a.Values,
			}, a.Secrets}
		},
		// A signature lives 12 h and is renewed after 11 by this computer's clock;
		// the platform's is ahead.
		expire: func(w *world) {
			w.ahead.Store(int64(2 * time.Hour))
			time.Sleep(10*time.Hour + 30*time.Minute)
		},
		refusal: func(message string) *http.Response {
			return respond(http.StatusOK, `{"ActionStatus":"FAIL","ErrorCode":100002,"ErrorInfo":"`+message+`"}`)
		},
		refused: providers.Patch{Title: ptr("다른 제목"), Activity: ptr(-1)},
		unknown: map[string]providers.Patch{
			"category.invalid":   {Title: ptr("x"), Category: ptr("games")},
			"category.too_many":  {Title: ptr("x"), Category: ptr("1,2,3,4")},
			"cover.invalid":      {Title: ptr("x"), CoverURL: ptr("ftp://img.example/1.png")},
			"hidden.unsupported": {Title: ptr("x"), Hidden: ptr(true)},
		},
		category: [2]string{"1,2", "3"},
	}
}

func chzzkPlatform(name, liveStatus string) platform {
	p := platform{
		name: name, provider: chzzk.New, updateMethod: http.MethodPatch,
		capabilities: words("SignedIn Revoker Identifier BrowserSignIn Verifier TokenInfo Ingester Editor CategorySearch Directory " +
			"EncoderLimits"),
		account: func(w *world) account {
			a := w.box.CHZZK()
			a.Values[chzzk.FieldLiveStatus] = liveStatus
			return account{providers.Account{Name: "me", Platform: chzzk.ID, Settings: a.Values}, a.Secrets}
		},
		tokenPath: "/auth/v1/token",
		expire: func(w *world) {
			w.fault(sandbox.Fault{Endpoint: "streams/key", Kind: "envelope", Status: http.StatusUnauthorized, Message: "INVALID_TOKEN"})
		},
		refusal: func(message string) *http.Response {
			return respond(http.StatusBadRequest, `{"code":400,"message":"`+message+`"}`)
		},
		refused: providers.Patch{Title: ptr("다른 제목"), Category: ptr("GAME:No_Such_Game")},
		unknown: map[string]providers.Patch{
			"category.unknown":   {Title: ptr("x"), Category: ptr("게임")},
			"hidden.unsupported": {Title: ptr("x"), Hidden: ptr(true)},
		},
		category: [2]string{"GAME:League_of_Legends", "SPORTS:Golf"}, found: "오브",
		person:    &providers.Identity{UserID: chzzksim.People[0].ID, Nick: chzzksim.People[0].Nick},
		serverEnd: "/" + chzzksim.App,
	}
	if liveStatus == "unofficial" {
		p.capabilities = append(p.capabilities, "LiveStatus")
	}
	return p
}

func ptr[T any](v T) *T { return &v }

var (
	hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
	formAction  = regexp.MustCompile(`<form method="post" action="([^"]*)"`)
)

// approve does what a person does on the login page, and gives the request and
// the code that the browser comes back with.
func (w *world) approve(s providers.BrowserSignIn) (providers.SignInRequest, string) {
	w.t.Helper()
	state := oauth.NewState()
	request := s.SignInRequest(state)
	var landed *url.URL
	browser := &http.Client{
		Transport: handlerTransport{w.box.Handler()},
		CheckRedirect: func(r *http.Request, _ []*http.Request) error {
			if strings.HasPrefix(r.URL.String(), w.box.URL()) {
				return nil
			}
			landed = r.URL
			return http.ErrUseLastResponse
		},
	}
	resp, err := browser.Get(request.URL)
	if err != nil {
		w.t.Fatal(err)
	}
	page, _ := io.ReadAll(resp.Body)
	form := url.Values{"user": {w.platform.who(w).UserID}, "decision": {"agree"}}
	for _, m := range hiddenField.FindAllStringSubmatch(string(page), -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	action := formAction.FindStringSubmatch(string(page))
	if action == nil {
		w.t.Fatalf("no login page: %.300s", page)
	}
	if _, err = browser.PostForm(w.box.URL()+html.UnescapeString(action[1]), form); err != nil {
		w.t.Fatal(err)
	}
	if landed == nil {
		w.t.Fatal("the browser was not sent back")
	}
	if got := landed.Query().Get("state"); got != state && (got != "" || request.StateRequired) {
		w.t.Errorf("came back with the state %q", got)
	}
	if !strings.HasPrefix(landed.String(), request.RedirectURI) {
		w.t.Errorf("came back to %s, not to %s", landed, request.RedirectURI)
	}
	return request, landed.Query().Get("code")
}

// handlerTransport is the browser's network.
type handlerTransport struct{ handler http.Handler }

func (h handlerTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	body := []byte{}
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	return serve(h.handler, r, body)
}
