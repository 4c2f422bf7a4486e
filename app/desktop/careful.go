package desktop

import (
	"context"
	"time"

	"cuelight/app/diagnostics"
	"cuelight/app/monitor"
	"cuelight/app/state"
	"cuelight/providers"
)

// CarefulEngine is what the window needs of app.Engine to look after a
// broadcast: checks before it, records after it, and what an account needs
// beyond signing in. The same holds as for Engine.
type CarefulEngine interface {
	Preflight(ctx context.Context) []state.Preflight
	TokenExpires(ctx context.Context) (time.Time, error)
	KeepIngest(ctx context.Context, ingest providers.Ingest) error

	// Sessions, Session and LogTail read files: never on the window's goroutine.
	Sessions() []string
	Session(name string) ([]monitor.SessionEntry, error)
	LogTail(lines int) ([]string, error)
	Diagnose(ctx context.Context) diagnostics.Report
	WriteBundle(path string, report any, lines []string) error
}
