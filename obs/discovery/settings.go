package discovery

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/obs"
)

// serverSettings is what both generations of the file hold.
type serverSettings struct {
	enabled, auth bool
	port          int
	password      secret.Text
}

func (s serverSettings) endpoint() obs.Endpoint {
	e := obs.Endpoint{Host: "localhost", Port: s.port}
	if s.auth {
		e.Password = s.password
	}
	return e
}

func (s serverSettings) reason() Reason {
	if s.enabled {
		return Found
	}
	return ServerOff
}

// readConfigJSON reads plugin_config/obs-websocket/config.json.
func readConfigJSON(raw []byte) (*serverSettings, error) {
	fields := struct {
		Enabled  lax    `json:"server_enabled"`
		Port     lax    `json:"server_port"`
		Auth     lax    `json:"auth_required"`
		Password scalar `json:"server_password"`
	}{Port: "4455", Auth: "true"}
	if err := json.Unmarshal([]byte(text.Decode(raw)), &fields); err != nil {
		return nil, err
	}
	if bytes.Equal(bytes.TrimSpace(raw), []byte("null")) {
		return nil, errors.New("no settings in it")
	}
	return &serverSettings{
		enabled: fields.Enabled.truth(), port: validPort(fields.Port.number()),
		auth: fields.Auth.truth(), password: secret.New(string(fields.Password)),
	}, nil
}

// scalar is a text, or a number or truth value as it is written: scripts leave the
// quotes of a password of digits out.
type scalar string

// UnmarshalJSON takes any scalar; null is no text.
func (s *scalar) UnmarshalJSON(raw []byte) error {
	switch {
	case string(raw) == "null":
		return nil
	case raw[0] == '{', raw[0] == '[':
		return errors.New("a list or an object instead of a text")
	case raw[0] != '"':
		*s = scalar(raw)
		return nil
	}
	return json.Unmarshal(raw, (*string)(s))
}

// lax is a truth value or a number, in whatever type it was written.
type lax string

// UnmarshalJSON takes any scalar; null leaves the value as it was.
func (l *lax) UnmarshalJSON(raw []byte) error {
	var value scalar
	if err := value.UnmarshalJSON(raw); err != nil || string(raw) == "null" {
		return err
	}
	*l = lax(strings.ToLower(strings.TrimSpace(string(value))))
	return nil
}

func (l lax) number() int {
	n, err := strconv.ParseFloat(string(l), 64)
	if err != nil || n < 0 || n > 65535 {
		return 0
	}
	return int(n)
}

func (l lax) truth() bool { return l == "true" || l.number() != 0 }

// readGlobalINI reads section [OBSWebSocket] of global.ini, nil without one.
func readGlobalINI(raw []byte) (*serverSettings, error) {
	section, ok := readINI(raw, "OBSWebSocket")
	if !ok {
		return nil, nil
	}
	// The defaults are OBS's: off, and with a password.
	return &serverSettings{
		enabled: section.flag("ServerEnabled", false), port: validPort(int(uint16(section.number("ServerPort")))),
		auth: section.flag("AuthRequired", true), password: secret.New(section.text("ServerPassword")),
	}, nil
}

func validPort(port int) int {
	if port < 1 || port > 65535 {
		return obs.DefaultPort
	}
	return port
}
