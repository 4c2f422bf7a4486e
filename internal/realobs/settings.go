//go:build linux

package realobs

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// GlobalINI is the settings file that every release reads; from 30.2 on OBS
// moves what is in it elsewhere when it starts.
func (o *OBS) GlobalINI() string { return filepath.Join(o.Config, "global.ini") }

// UserINI is where OBS 31 and later keep the user's settings.
func (o *OBS) UserINI() string { return filepath.Join(o.Config, "user.ini") }

// ConfigJSON is where obs-websocket keeps its settings in OBS 30.2 and later.
func (o *OBS) ConfigJSON() string {
	return filepath.Join(o.Config, "plugin_config", "obs-websocket", "config.json")
}

// WriteSettings writes the settings OBS starts with next, as the user would
// have left them with that password. OBS must not be running.
//
// A fresh home folder gets global.ini alone, which every release takes. Where a
// newer OBS has moved its settings already, they are changed in their new
// place: a global.ini of old beside them ends in a dialog at the next start.
func (o *OBS) WriteSettings(password string) error {
	o.Password = password
	if _, err := os.Stat(o.ConfigJSON()); err == nil {
		return o.WriteConfigJSON()
	}
	return o.WriteGlobalINI()
}

// WriteGlobalINI writes the settings as OBS up to 30.1 has them.
func (o *OBS) WriteGlobalINI() error {
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
`, o.Port, strings.ReplaceAll(o.Password, `\`, `\\`)) // OBS escapes it in its file
	return os.WriteFile(o.GlobalINI(), []byte(text), 0o600)
}

// WriteConfigJSON writes obs-websocket's settings as OBS 30.2 and later have
// them.
func (o *OBS) WriteConfigJSON() error {
	raw, err := json.Marshal(map[string]any{
		"first_load": false, "server_enabled": true, "server_port": o.Port,
		"alerts_enabled": false, "auth_required": true, "server_password": o.Password,
	})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(o.ConfigJSON()), 0o700); err != nil {
		return err
	}
	return os.WriteFile(o.ConfigJSON(), raw, 0o600)
}

// WriteUserINI writes the rest of what a user has who has started OBS before:
// without it the auto-configuration wizard opens at the start.
func (o *OBS) WriteUserINI() error {
	text := "[General]\nFirstRun=true\nLastVersion=486539266\nInfoIncrement=30\nConfirmOnExit=false\n"
	return os.WriteFile(o.UserINI(), []byte(text), 0o600)
}
