package obs

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"strings"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/obs/settings"
	"cuelight/obs/wire"
)

// TypeCustom is OBS's type of a stream service that is just a server and a key.
const TypeCustom = "rtmp_custom"

// Service is where OBS streams to: its type and all its settings, also those
// that Cuelight does not know. It prints without the key.
type Service struct {
	// Type is OBS's own: TypeCustom, or "rtmp_common" for the services OBS knows
	// by name.
	Type string
	// Name is the named service of an rtmp_common ("Twitch"), else empty.
	Name string
	// Server is the address without the key, verbatim. Other programs put
	// passphrases into addresses: show DisplayServer instead.
	Server string
	// Key is the stream key.
	Key secret.Text

	useAuth, bwtest bool
	// settings is the whole settings object as OBS gave it, key included. It is
	// behind a pointer because fmt cannot call the methods of an unexported
	// field: a secret.Text would be printed in plain.
	settings *secret.Text
}

// Format prints a service without its key, whatever the verb.
func (s Service) Format(f fmt.State, _ rune) {
	name := s.DisplayServer()
	if s.Name != "" {
		name = s.Name + " " + name
	}
	_, _ = fmt.Fprintf(f, "%s %s %s", s.Type, name, s.Key)
}

// LogValue gives a service without its key to log/slog.
func (s Service) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(s)) }

// raw is the whole settings object, "{}" where there is none.
func (s Service) raw() json.RawMessage {
	if s.settings == nil || s.settings.Empty() {
		return json.RawMessage("{}")
	}
	return json.RawMessage(s.settings.Reveal())
}

// fields is the settings object by name. It was read once already, in
// newService, so that it cannot fail.
func (s Service) fields() map[string]any {
	fields := map[string]any{}
	_ = json.Unmarshal(s.raw(), &fields)
	return fields
}

// serviceFields are the settings this package looks into. The names are those
// of OBS's rtmp-services plugin.
type serviceFields struct {
	Service string `json:"service"`
	Server  string `json:"server"`
	Key     string `json:"key"`
	UseAuth bool   `json:"use_auth"`
	BWTest  bool   `json:"bwtest"`
}

// newService reads a settings object. Its error never quotes the settings.
func newService(typ string, settings json.RawMessage) (Service, error) {
	if len(settings) == 0 || bytes.Equal(settings, []byte("null")) {
		settings = json.RawMessage("{}")
	}
	var f serviceFields
	if err := wire.Decode(settings, &f); err != nil {
		return Service{}, &Error{Kind: ErrProtocol, Op: "stream service", Comment: "settings of another form than expected"}
	}
	whole := secret.New(string(settings))
	return Service{
		Type: typ, Name: displayText(f.Service), Server: f.Server, Key: secret.New(f.Key),
		useAuth: f.UseAuth, bwtest: f.BWTest,
		settings: &whole,
	}, nil
}

// Matches reports whether OBS would stream to that server with that key and
// nothing else: no login, no bandwidth test. A slash at the end of the server
// makes no difference to RTMP.
func (s Service) Matches(server string, key secret.Text) bool {
	trim := func(s string) string { return strings.TrimRight(strings.TrimSpace(s), "/") }
	return s.Type == TypeCustom && trim(s.Server) == trim(server) &&
		s.Key.Equal(key) && !s.useAuth && !s.bwtest
}

// WithServer gives the service that streams to a server with a key and nothing
// else: no login, no bandwidth test. Settings of a custom service that Cuelight
// does not know stay as they are in s; of any other type nothing is taken over.
//
// Errors: ErrUsage for an empty server or key, one that is no text, or one that
// holds a character nobody sees.
func (s Service) WithServer(server string, key secret.Text) (Service, error) {
	unusable := func(why string) (Service, error) {
		return Service{}, &Error{Kind: ErrUsage, Op: "stream service", Comment: why}
	}
	if server == "" || key.Empty() {
		return unusable("server and key are both needed")
	}
	if text.CheckToken(server) != nil || text.CheckToken(key.Reveal()) != nil {
		return unusable("server or key holds a character that cannot be seen")
	}
	fields := map[string]any{}
	if s.Type == TypeCustom {
		fields = s.fields()
	}
	maps.Copy(fields, map[string]any{
		"server": server, "key": key.Reveal(),
		"use_auth": false, "username": "", "password": "", "bwtest": false,
	})
	next, err := serviceOf(TypeCustom, fields)
	if err != nil || next.Server != server || !next.Key.Equal(key) {
		return unusable("server or key cannot be sent")
	}
	return next, nil
}

// serviceOf makes a service of settings by name.
func serviceOf(typ string, fields map[string]any) (Service, error) {
	settings, err := json.Marshal(fields)
	if err != nil {
		return Service{}, err
	}
	return newService(typ, settings)
}

// typed gives the service as OBS keeps it.
func (s Service) typed() settings.Typed { return settings.Typed{Type: s.Type, Values: s.fields()} }

// Equal reports whether both are of one type with the same settings. An empty
// value is equal to an absent one, as it is for OBS.
func (s Service) Equal(other Service) bool {
	mine, theirs := s.fields(), other.fields()
	return s.Type == other.Type && settings.Cover(mine, theirs) && settings.Cover(theirs, mine)
}

// Place names where OBS sends to, for people: the named service ("Twitch"), else
// the server, without what may be a secret.
func (s Service) Place() string {
	if s.Name != "" {
		return s.Name
	}
	return s.DisplayServer()
}

// DisplayServer is the server without what may be a secret: user, password,
// query and fragment.
func (s Service) DisplayServer() string { return displayText(text.Address(s.Server)) }

// Empty reports whether OBS has never been pointed anywhere.
func (s Service) Empty() bool { return s.Server == "" && s.Name == "" && s.Key.Empty() }

// fingerprintKey makes fingerprints useless outside this process.
var fingerprintKey = func() []byte {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails, see crypto/rand
	return key
}()

// Fingerprint is equal for equal services within this process, and tells
// nothing about the key. Two processes give different ones.
func (s Service) Fingerprint() string {
	mac := hmac.New(sha256.New, fingerprintKey)
	mac.Write([]byte(s.Type))
	mac.Write([]byte{0})
	mac.Write(settings.Canonical(s.raw()))
	return hex.EncodeToString(mac.Sum(nil))
}

// sealed is the form in which a Service is kept in a keyring.
type sealed struct {
	Version  int             `json:"v"`
	Type     string          `json:"type"`
	Settings json.RawMessage `json:"settings"`
}

// Seal packs the service, key included, for the keyring and nothing else.
func (s Service) Seal() secret.Text {
	raw, err := json.Marshal(sealed{Version: 1, Type: s.Type, Settings: s.raw()})
	if err != nil { // settings came from JSON, so this cannot be
		return secret.Text{}
	}
	return secret.New(string(raw))
}

// OpenService unpacks what Seal packed.
func OpenService(t secret.Text) (Service, error) {
	var s sealed
	if err := json.Unmarshal([]byte(t.Reveal()), &s); err != nil || s.Version != 1 || s.Type == "" {
		return Service{}, &Error{Kind: ErrUsage, Op: "stream service", Comment: "not a kept stream service"}
	}
	return newService(s.Type, s.Settings)
}
