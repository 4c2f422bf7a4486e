package app

import "cuelight/app/monitor"

// linkedOBS gives the window's connection to OBS to the monitor.
func (e *Engine) linkedOBS() (monitor.OBS, bool) {
	client, ok := e.obs.Linked()
	if !ok {
		return nil, false
	}
	return client, true
}

// Sessions lists the session logs, newest first.
func (e *Engine) Sessions() []string { return e.sessionLog.Sessions() }

// Session reads one session log; name is one of Sessions.
func (e *Engine) Session(name string) ([]monitor.SessionEntry, error) {
	return e.sessionLog.Session(name)
}
