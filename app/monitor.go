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
func (sp *Support) Sessions() []string { return sp.sessionLog.Sessions() }

// Session reads one session log; name is one of Sessions.
func (sp *Support) Session(name string) ([]monitor.SessionEntry, error) {
	return sp.sessionLog.Session(name)
}
