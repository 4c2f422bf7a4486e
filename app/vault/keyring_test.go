package vault

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"testing"

	"github.com/zalando/go-keyring"

	"cuelight/internal/secret"
	"cuelight/providers"
)

// withSessionBus lets the system's keyring be asked; the library answers from
// memory in these tests.
func withSessionBus(t *testing.T) {
	t.Helper()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	keyring.MockInit()
}

func TestTheSystemsKeyringIsUsedWhereNoneIsGiven(t *testing.T) {
	withSessionBus(t)
	v := New(Options{Service: "cuelight-test"})
	if err := v.Set(t.Context(), "n", secret.New("value")); err != nil {
		t.Fatal(err)
	}
	if kept, err := keyring.Get("cuelight-test", "n"); err != nil || kept != "whole:value" {
		t.Errorf("the keyring holds %q, %v", kept, err)
	}
	if got, err := v.Get(t.Context(), "n"); err != nil || got.Reveal() != "value" {
		t.Errorf("got %q, %v", got.Reveal(), err)
	}
	if err := v.Delete(t.Context(), "n"); err != nil {
		t.Fatal(err)
	}
	if _, err := (SystemKeyring{}).Get("cuelight-test", "n"); !errors.Is(err, ErrNotInKeyring) {
		t.Errorf("deleted: %v", err)
	}
	if err := (SystemKeyring{}).Delete("cuelight-test", "n"); err != nil {
		t.Errorf("deleting nothing: %v", err)
	}
	if ok, err := v.Durable(); !ok || err != nil {
		t.Errorf("%v %v", ok, err)
	}
}

func TestWhatTheSystemsKeyringSaysIsPassedOn(t *testing.T) {
	withSessionBus(t)
	keyring.MockInitWithError(errBad)
	t.Cleanup(keyring.MockInit)
	ring := SystemKeyring{}
	_, err := ring.Get("s", "n")
	for what, err := range map[string]error{"get": err, "set": ring.Set("s", "n", "x"), "delete": ring.Delete("s", "n")} {
		if !errors.Is(err, errBad) {
			t.Errorf("%s: %v", what, err)
		}
	}
	v := New(Options{Service: "s"}) // nobody to tell it, and no log
	if _, err := v.Get(t.Context(), "n"); !errors.Is(err, providers.ErrNoSecret) {
		t.Errorf("got %v", err)
	}
	if ok, why := v.Durable(); ok || !errors.Is(why, errBad) {
		t.Errorf("%v %v", ok, why)
	}
}

func TestWithoutASessionBusTheKeyringIsNotAsked(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there is no session bus on " + runtime.GOOS)
	}
	if _, err := os.Stat(fmt.Sprintf("/run/user/%d/bus", os.Getuid())); err == nil {
		t.Skip("this user has a session bus")
	}
	withSessionBus(t)
	if err := SessionBus(); err != nil {
		t.Errorf("with an address: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	ring := SystemKeyring{}
	_, err := ring.Get("s", "n")
	for what, err := range map[string]error{
		"asked": SessionBus(), "get": err, "set": ring.Set("s", "n", "x"), "delete": ring.Delete("s", "n"),
	} {
		if !errors.Is(err, ErrNoSessionBus) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestMemoryOnlyErrorTellsWhy(t *testing.T) {
	err := &MemoryOnlyError{Err: errBad}
	if !errors.Is(err, errBad) || err.Error() != "secrets are kept in memory for this run only: the keyring is broken" {
		t.Errorf("says %q", err.Error())
	}
}
