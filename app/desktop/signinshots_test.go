package desktop

import (
	"strings"
	"testing"
	"time"

	"cuelight/app/config"
	"cuelight/app/desktop/kit"
	"cuelight/app/desktop/kit/kittest"
	"cuelight/app/signin"
	"cuelight/app/state"
	"cuelight/providers"
	"cuelight/widgets/input"
)

// lose takes the sign-in away after a title was typed.
func lose(s state.State) state.State {
	title := "고치던 제목"
	s.Broadcast.ConfirmedAt, s.Broadcast.Draft.Title = time.Unix(1, 0), &title
	return state.Reduce(s, state.SignInChanged{
		Account: s.Account.Name, State: state.SignedOut, Err: &providers.Error{Kind: providers.ErrSignIn, Reason: "signin.expired"},
	})
}

// failing opens the sign-in sheet on a sign-in that fails.
func failing(err error) func(*rig) {
	return func(r *rig) {
		r.fake.Fail["signin"] = err
		r.Actions.SignIn()
		r.until("the failure", func() bool { return r.fake.Called("signin") })
		r.settle()
		r.render()
	}
}

// What is said of a sign-in that fails or is lost, as pictures.
func TestSignInsThatFailLookAsTheyShould(t *testing.T) {
	another := &signin.AnotherUserError{User: "soop1234", Other: providers.Identity{UserID: "baekhogu", Nick: "백호구"}}
	for _, look := range []struct{ theme, lang string }{{"dark", "ko"}, {"light", "en"}} {
		for name, then := range map[string]func(*rig){
			"signin-timeout": failing(&providers.Error{Kind: providers.ErrSignIn, Reason: "signin.timeout"}),
			"signin-another": failing(another),
			"signin-lost":    func(r *rig) { r.shell.open(kit.ScreenBroadcast) },
			"settings-remote": func(r *rig) {
				r.shell.open(kit.ScreenSettings)
				r.fake.Configure(func(c *config.Config) {
					c.PutOBSHost(config.OBSHost{Name: "방송용 PC", Address: "192.168.0.5:4455"})
					c.PutOBSHost(config.OBSHost{Name: "노트북", Address: "laptop.local:4455"})
					c.OBS.Address = "192.168.0.5:4455"
				})
				r.render()
				address := kittest.Find[*input.TextField](r.body())[1]
				address.SetText("192.168.0.5:4455")
				address.OnChanged(address.Text())
			},
		} {
			t.Run(name+"-"+look.theme+"-"+look.lang, func(t *testing.T) {
				r := newRig(t, kittest.Ready(), look.theme, look.lang)
				r.win.Resize(kit.WindowSize)
				if strings.HasPrefix(name, "signin") {
					r.fake.Set(func(s *state.State) { *s = lose(*s) })
				}
				r.render()
				then(r)
				r.render()
				assertPicture(t, r.win.Canvas().Capture(), name+"-"+look.theme+"-"+look.lang)
			})
		}
	}
}
