package words

import (
	"context"
	"errors"
	"os"
	"strings"
	"syscall"
	"time"

	"cuelight/app"
	"cuelight/app/config"
	"cuelight/app/destination"
	"cuelight/app/obslink"
	"cuelight/app/preset"
	"cuelight/app/signin"
	"cuelight/app/state"
	"cuelight/app/storage"
	"cuelight/app/task"
	"cuelight/app/vault"
	"cuelight/internal/localfile"
	"cuelight/obs"
	"cuelight/providers"
)

// Explanation is an error in words for people.
type Explanation struct {
	// What happened, in one short sentence.
	What string
	// Why, as far as known; may be empty.
	Why string
	// Do is what to do now; may be empty.
	Do string
	// Said are the platform's own words, verbatim; may be empty.
	Said string
}

// Explain puts an error into words.
func (w *Words) Explain(err error) Explanation {
	var platform *providers.Error
	var link *obs.Error
	var broken *config.BrokenError
	var lost *obslink.NotFoundError
	var memory *vault.MemoryOnlyError
	var conflict *state.ConflictError
	var another *signin.AnotherUserError
	var changed *destination.ChangedError
	var irregular *localfile.NotRegularError
	var imported *preset.ImportError
	if checks, ok := asPreflight(err); ok {
		return w.explainPreflight(checks)
	}
	switch {
	case err == nil:
		return Explanation{}
	case errors.Is(err, storage.ErrHeld):
		return w.explanation("error.held", nil)
	case errors.Is(err, task.ErrInterrupted): // what it was interrupted in matters less
		return w.explanation("error.interrupted", nil)
	case errors.As(err, &imported):
		return w.explainImport(imported)
	case errors.As(err, &changed):
		return w.explanation("error.obs_changed_since", Args{"Server": changed.Place()})
	case errors.As(err, new(*destination.MovedError)):
		return w.explanation("error.backup_elsewhere", nil)
	case errors.Is(err, obs.ErrTorn):
		return w.explanation("error.obs_torn", nil)
	case errors.As(err, &conflict):
		return w.explanation("error.conflict", Args{"Fields": w.fieldNames(conflict.Fields)})
	case errors.As(err, &another):
		return w.explanation("error.signin.another_user", Args{"User": another.User, "Who": another.Other.String()})
	case errors.As(err, &lost):
		return w.explanation("error.obs_find."+string(lost.Finding.Reason), nil)
	case errors.As(err, &memory):
		return w.explanation("error.memory_only", Args{"Detail": w.reason(memory.Err)})
	case errors.As(err, &platform):
		return w.explainPlatform(platform)
	case errors.As(err, &link):
		return w.explainOBS(link)
	case errors.As(err, &irregular):
		return w.explanation("error.not_regular", Args{"File": irregular.Path})
	case errors.As(err, &broken):
		return w.explanation("error.config_broken", Args{"File": broken.Kept})
	}
	return w.explainOther(err)
}

// Line gives an explanation as one paragraph, for a terminal or a toast.
func (x Explanation) Line() string {
	parts := make([]string, 0, 4)
	for _, part := range []string{x.What, x.Why, x.Said, x.Do} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

func (w *Words) explainPlatform(e *providers.Error) Explanation {
	args := Args{
		"Limit": e.Limit, "Hangul": e.Limit / 3, "Code": e.Code, "Field": w.fieldName(e.Field),
		"Seconds": int((e.RetryAfter + time.Second - 1) / time.Second), "Detail": "", "Right": "",
	}
	if e.Right != "" {
		args["Right"] = e.Right
		if right, known := w.localize("right."+e.Right, nil, nil); known {
			args["Right"] = right
		}
	}
	if e.Err != nil {
		args["Detail"] = e.Err.Error()
	}
	key := "error." + e.Reason
	if e.Reason == "" || !w.Has(key) {
		key = "error." + kindKey(e.Kind)
	}
	x := w.explanation(key, args)
	if e.Message != "" {
		said := e.Message
		if e.Code != "" {
			said += " [" + e.Code + "]"
		}
		x.Said = w.Say("error.said", Args{"Words": said, "Platform": w.platform})
	}
	return x
}

func kindKey(kind error) string {
	switch {
	case errors.Is(kind, providers.ErrSignIn):
		return "sign_in"
	case errors.Is(kind, providers.ErrNotGranted):
		return "not_granted"
	case errors.Is(kind, providers.ErrRefused):
		return "refused"
	case errors.Is(kind, providers.ErrUnreachable):
		return "unreachable"
	case errors.Is(kind, providers.ErrTooFrequent):
		return "too_frequent"
	case errors.Is(kind, providers.ErrBadAnswer):
		return "bad_answer"
	case errors.Is(kind, providers.ErrUsage):
		return "usage"
	}
	return "other"
}

func (w *Words) explainOther(err error) Explanation {
	for _, known := range []struct {
		err error
		key string
	}{
		{config.ErrNoFolder, "error.no_config_folder"},
		{config.ErrNoAccount, "error.no_account"},
		{config.ErrUnknownAccount, "error.account_unknown"},
		{task.ErrBusy, "error.busy"},
		{app.ErrOnAirUnconfirmed, "error.on_air_unconfirmed"},
		{destination.ErrKeptHere, "error.backup_here"},
		{destination.ErrNoBackup, "error.no_backup"},
		{destination.ErrLocked, "error.obs_locked"},
		{vault.ErrNoSessionBus, "error.no_session_bus"},
		{providers.ErrNoSecret, "error.no_secret"},
		{config.ErrHeld, "error.file_held"}, // before the time that is up with it
		{context.DeadlineExceeded, "error.timeout"},
		{context.Canceled, "error.canceled"},
		{storage.ErrTooLarge, "error.too_large"},
		{syscall.ENOSPC, "error.disk_full"},
		{os.ErrPermission, "error.permission"},
	} {
		if errors.Is(err, known.err) {
			return w.explanation(known.key, nil)
		}
	}
	return w.explanation("error.other", Args{"Detail": err.Error()})
}

// reason gives a cause in a few words, to stand within a sentence.
func (w *Words) reason(err error) string {
	if err == nil {
		return ""
	}
	if x := w.explainOther(err); x.What != w.Say("error.other") {
		return strings.TrimSuffix(x.What, ".")
	}
	return err.Error()
}

// explanation reads the three parts of an error's words: the key itself, and
// what stands under it with .why and .do; at a terminal, .do.terminal instead.
func (w *Words) explanation(key string, args Args) Explanation {
	if args == nil {
		args = Args{}
	}
	args["Platform"] = w.platform
	x := Explanation{What: w.Say(key, args)}
	if why, ok := w.localize(key+".why", nil, args); ok {
		x.Why = why
	}
	if do, ok := w.localize(key+".do", nil, args); ok {
		x.Do = do
	}
	if w.terminal {
		if do, ok := w.localize(key+".do.terminal", nil, args); ok {
			x.Do = do
		}
	}
	return x
}

// fieldNames names fields in a row.
func (w *Words) fieldNames(fields []providers.FieldID) string {
	names := make([]string, 0, len(fields))
	for _, id := range fields {
		names = append(names, w.fieldName(string(id)))
	}
	return strings.Join(names, ", ")
}

func (w *Words) fieldName(field string) string {
	if field == "" {
		return ""
	}
	if key := "field." + field; w.Has(key) {
		return w.Say(key)
	}
	return field
}
