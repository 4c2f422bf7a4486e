//go:build linux

package realobs

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Settings are the files that an OBS keeps its settings in.
type Settings struct {
	// Dir is the folder they are in.
	Dir string
	// Port and Password of the websocket server are what they say when they are
	// written here.
	Port     int
	Password string
}

// GlobalINI is the settings file that every release reads; from 30.2 on OBS
// moves what is in it elsewhere when it starts.
func (s *Settings) GlobalINI() string { return filepath.Join(s.Dir, "global.ini") }

// UserINI is where OBS 31 and later keep the user's settings.
func (s *Settings) UserINI() string { return filepath.Join(s.Dir, "user.ini") }

// ConfigJSON is where obs-websocket keeps its settings in OBS 30.2 and later.
func (s *Settings) ConfigJSON() string {
	return filepath.Join(s.Dir, "plugin_config", "obs-websocket", "config.json")
}

// Write writes the settings OBS starts with next, as the user would have left
// them. OBS must not be running.
//
// A fresh home folder gets global.ini alone, which every release takes. Where a
// newer OBS has moved its settings already, they are changed in their new
// place: a global.ini of old beside them ends in a dialog at the next start.
func (s *Settings) Write() error {
	if _, err := os.Stat(s.ConfigJSON()); err == nil {
		return s.WriteConfigJSON()
	}
	return s.WriteGlobalINI()
}

// WriteGlobalINI writes the settings as OBS up to 30.1 has them.
func (s *Settings) WriteGlobalINI() error {
	text := fmt.Sprintf(`[General]
FirstRun=true
LastVersion=486539266
InfoIncrement=30

[OBSWebSocket]
FirstLoad=false
ServerEnabled=true
ServerPort=%d
AlertsEnabled=false
AuthRequired=true
ServerPassword=%s
`, s.Port, strings.ReplaceAll(s.Password, `\`, `\\`)) // OBS escapes it in its file
	return os.WriteFile(s.GlobalINI(), []byte(text), 0o600)
}

// WriteConfigJSON writes obs-websocket's settings as OBS 30.2 and later have
// them.
func (s *Settings) WriteConfigJSON() error {
	raw, err := json.Marshal(map[string]any{
		"first_load": false, "server_enabled": true, "server_port": s.Port,
		"alerts_enabled": false, "auth_required": true, "server_password": s.Password,
	})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(s.ConfigJSON()), 0o700); err != nil {
		return err
	}
	return os.WriteFile(s.ConfigJSON(), raw, 0o600)
}

// WriteUserINI writes the rest of what a user has who has started OBS before:
// without it the auto-configuration wizard opens at the start.
func (s *Settings) WriteUserINI() error {
	text := "[General]\nFirstRun=true\nLastVersion=486539266\nInfoIncrement=30\nConfirmOnExit=false\n"
	return os.WriteFile(s.UserINI(), []byte(text), 0o600)
}

// kept is what OBS's settings say, by the name in config.json or that in
// global.ini.
func (s *Settings) kept(inJSON, inINI string) (string, error) {
	raw, err := os.ReadFile(s.ConfigJSON())
	if errors.Is(err, os.ErrNotExist) {
		return s.keptINI(inINI)
	}
	var kept map[string]any
	if err == nil {
		err = json.Unmarshal(raw, &kept)
	}
	return fmt.Sprint(kept[inJSON]), err
}

func (s *Settings) keptINI(name string) (string, error) {
	raw, err := os.ReadFile(s.GlobalINI())
	for line := range strings.Lines(string(raw)) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), name+"="); ok {
			return value, err
		}
	}
	return "", err
}
