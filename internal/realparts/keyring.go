//go:build linux

package realparts

import (
	"maps"
	"path/filepath"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	secretsName  = "org.freedesktop.secrets"
	secretsPath  = "/org/freedesktop/secrets"
	secretsIface = "org.freedesktop.Secret."
)

// Keyring is a session with a real GNOME keyring.
type Keyring struct {
	*Session
	daemon *Process
}

// StartKeyring starts a keyring that is unlocked, as after a desktop log-in.
func StartKeyring(t testing.TB) *Keyring {
	t.Helper()
	Need(t, "dbus-daemon", "gnome-keyring-daemon")
	k := &Keyring{Session: BareSession(t)}
	k.start(t, "--unlock")
	return k
}

// start runs the daemon; with --unlock it reads the password of the log-in
// keyring from standard input, and makes that keyring where there is none.
func (k *Keyring) start(t testing.TB, args ...string) {
	t.Helper()
	k.daemon = Run(t, Command{
		Name: "gnome-keyring-daemon",
		Args: append([]string{"--foreground", "--components=secrets", "--control-directory=" + filepath.Join(k.Runtime, "keyring")}, args...),
		Env:  k.Env(), Stdin: "a password for tests",
	})
	k.waitName(t, secretsName, 20*time.Second)
}

// Lock locks the log-in keyring, as a desktop can; there is nobody here who
// would unlock it.
func (k *Keyring) Lock(t testing.TB) {
	t.Helper()
	service := k.connect(t).Object(secretsName, secretsPath)
	var collection, prompt dbus.ObjectPath
	var locked []dbus.ObjectPath
	if err := service.Call(secretsIface+"Service.ReadAlias", 0, "default").Store(&collection); err != nil {
		t.Fatal(err)
	}
	err := service.Call(secretsIface+"Service.Lock", 0, []dbus.ObjectPath{collection}).Store(&locked, &prompt)
	if err != nil || len(locked) != 1 {
		t.Fatalf("lock %s: %v, locked %v", collection, err, locked)
	}
}

// HangingKeyring is a session whose keyring takes every call and never
// answers, as one that waits for a user who is not there.
func HangingKeyring(t testing.TB) *Session {
	t.Helper()
	s := BareSession(t)
	conn := s.connect(t)
	if _, err := conn.RequestName(secretsName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	// Takes the calls away from the library, which would answer.
	conn.Eavesdrop(make(chan *dbus.Message, 64))
	return s
}

// Item is one secret in a keyring.
type Item struct {
	Label      string
	Attributes map[string]string
	Value      string

	path dbus.ObjectPath
}

// busSecret is a secret as the Secret Service sends it, type (oayays).
type busSecret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

// Items reads everything in the keyring, over the bus and past any library
// that Cuelight uses.
func (k *Keyring) Items(t testing.TB) []Item {
	t.Helper()
	conn := k.connect(t)
	service := conn.Object(secretsName, secretsPath)
	session := open(t, service)
	var unlocked, locked []dbus.ObjectPath
	if err := service.Call(secretsIface+"Service.SearchItems", 0, map[string]string{}).Store(&unlocked, &locked); err != nil {
		t.Fatal(err)
	}
	items := make([]Item, 0, len(unlocked))
	for _, path := range unlocked {
		items = append(items, readItem(t, conn.Object(secretsName, path), session))
	}
	return items
}

// Replace gives an item another value.
func (k *Keyring) Replace(t testing.TB, item Item, value string) {
	t.Helper()
	conn := k.connect(t)
	secret := busSecret{
		Session: open(t, conn.Object(secretsName, secretsPath)), Value: []byte(value), ContentType: "text/plain",
	}
	if err := conn.Object(secretsName, item.path).Call(secretsIface+"Item.SetSecret", 0, secret).Err; err != nil {
		t.Fatal(err)
	}
}

// open begins a session in which secrets travel as they are: the bus is ours.
func open(t testing.TB, service dbus.BusObject) dbus.ObjectPath {
	t.Helper()
	var session dbus.ObjectPath
	var output dbus.Variant
	err := service.Call(secretsIface+"Service.OpenSession", 0, "plain", dbus.MakeVariant("")).Store(&output, &session)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func readItem(t testing.TB, object dbus.BusObject, session dbus.ObjectPath) Item {
	t.Helper()
	item := Item{path: object.Path()}
	var attributes map[string]string
	var value busSecret
	label, err := object.GetProperty(secretsIface + "Item.Label")
	if err == nil {
		err = label.Store(&item.Label)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := object.StoreProperty(secretsIface+"Item.Attributes", &attributes); err != nil {
		t.Fatal(err)
	}
	if err := object.Call(secretsIface+"Item.GetSecret", 0, session).Store(&value); err != nil {
		t.Fatal(err)
	}
	item.Attributes, item.Value = maps.Clone(attributes), string(value.Value)
	return item
}
