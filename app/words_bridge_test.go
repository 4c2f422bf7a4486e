package app_test

import (
	"cuelight/app"
	"cuelight/app/state"
	"cuelight/app/words"
)

func init() {
	app.Explain = func(lang string, err error) (what, do string) {
		x := words.New(lang).Explain(err)
		return x.What, x.Do
	}
	app.ExplainCheck = func(lang string, c state.Preflight) (what, why, cure string) {
		x := words.New(lang).ExplainCheck(c)
		return x.What, x.Why, x.Do
	}
}
