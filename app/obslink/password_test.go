package obslink_test

import (
	"errors"
	"strconv"
	"testing"

	"cuelight/internal/secret"
	"cuelight/obs"
)

// The password of an OBS that is not the one in use is kept for that one alone.
func TestEachOBSHasAPasswordOfItsOwn(t *testing.T) {
	here, there := running(t, "here"), running(t, "there")
	vault := &memory{items: map[string]secret.Text{}}
	c := connect(t, vault, "", file{native + newer, settings(here, "here")})
	other := obs.Endpoint{Host: "localhost", Port: there}
	if err := c.KeepPassword(t.Context(), other, secret.New("wrong")); !errors.Is(err, obs.ErrPassword) || len(vault.items) != 0 {
		t.Errorf("a wrong one: %v, kept %d", err, len(vault.items))
	}
	if err := c.KeepPassword(t.Context(), other, secret.New("there\r\n")); err != nil {
		t.Fatal(err)
	}
	item := "obs/password/localhost:" + strconv.Itoa(there)
	if len(vault.items) != 1 || vault.items[item].Reveal() != "there" {
		t.Errorf("kept %d items", len(vault.items))
	}
	if _, err := c.Client(t.Context()); err != nil {
		t.Errorf("the OBS in use: %v", err)
	}
	if err := c.ForgetPassword(t.Context(), other); err != nil || len(vault.items) != 0 {
		t.Errorf("forgetting: %v, %d left", err, len(vault.items))
	}
	if err := c.ForgetPassword(t.Context(), other); err != nil {
		t.Errorf("forgetting what is not kept: %v", err)
	}
}
