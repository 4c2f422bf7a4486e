package soop

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
)

// Update implements providers.Editor (SOOP Open API, broad/info/update). Only
// what the patch holds is sent; an empty patch sends nothing.
func (s *session) Update(ctx context.Context, p providers.Patch) error {
	if err := s.Check(p); err != nil {
		return err
	}
	if p.Empty() {
		return nil
	}
	a, err := s.callSignedIn(ctx, "broad/info/update", s.updateForm(p))
	if err != nil {
		return err
	}
	if _, present := a["result"]; !present {
		return missing("broad/info/update", "result")
	}
	return nil
}

// updateForm converts a checked patch to the parameters of broad/info/update.
func (s *session) updateForm(p providers.Patch) url.Values {
	form := url.Values{}
	set := func(name string, value *string) {
		if value != nil {
			form.Set(name, text.Title(*value))
		}
	}
	number := func(name string, value *int) {
		if value != nil {
			form.Set(name, strconv.Itoa(*value))
		}
	}
	yes := func(name string, value *bool) {
		if value != nil {
			form.Set(name, flag(*value))
		}
	}
	set("title", p.Title)
	if p.Category != nil {
		normal, _ := NormalizeCategory(*p.Category)
		form.Set("category", shortCategory(normal))
	}
	if s.dialect.language {
		set("language", p.Language)
	}
	number("allowed_view_cnt", p.ViewerLimit)
	setPassword(form, p.Password)
	yes("broad_hidden", p.Hidden)
	yes("broad_tune_out", p.RefuseExploration)
	yes("paid_promotion", p.PaidPromotion)
	number("broad_grade", p.AgeGrade)
	if p.Hashtags != nil {
		form.Set("hashtags", strings.Join(providers.TidyHashtags(*p.Hashtags), ","))
	}
	set("broad_ending_msg", p.EndingMessage)
	yes("is_wait", p.Standby)
	number("waiting_time", p.StandbyMinutes)
	number("water_mark", p.Watermark)
	return form
}

// setPassword switches the password on with its text, or off.
func setPassword(form url.Values, password *secret.Text) {
	if password == nil {
		return
	}
	form.Set("broad_pwd_chk", flag(!password.Empty()))
	if !password.Empty() {
		form.Set("broad_pwd", password.Reveal())
	}
}

func flag(on bool) string {
	if on {
		return "1"
	}
	return "0"
}
