package words

import "cuelight/app"

// Landing gives the words of the page the browser comes back to.
func (w *Words) Landing() app.Landing {
	landing := app.Landing{Lang: w.lang}
	landing.Success.Title, landing.Success.Text = w.Say("landing.success"), w.Say("landing.success.text")
	landing.Refused.Title, landing.Refused.Text = w.Say("landing.refused"), w.Say("landing.refused.text")
	landing.Failed.Title, landing.Failed.Text = w.Say("landing.failed"), w.Say("landing.failed.text")
	return landing
}
