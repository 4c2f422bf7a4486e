package config

import (
	"errors"
	"slices"
	"testing"

	"cuelight/providers"
)

// withAccounts has accounts of those names; the last is in use.
func withAccounts(t *testing.T, dir string, names ...string) *Store {
	t.Helper()
	s := open(t, dir)
	for _, name := range names {
		if err := s.AddAccount(t.Context(), providers.Account{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func inUse(c Config) string {
	account, _ := c.InUse()
	return account.Name + "/" + account.Channel
}

func TestAnAccountForThisRunStaysUntilAnotherIsTakenIntoUse(t *testing.T) {
	dir := t.TempDir()
	s := withAccounts(t, dir, "a", "b", "c")
	var told []string
	s.Observe(func(_, after Config) { told = append(told, after.Current) }, nil)
	if err := s.SelectAccount("a"); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(told, []string{"c", "a"}) {
		t.Errorf("told of %v", told)
	}
	if err := s.SelectAccount("a"); err != nil { // is no news
		t.Fatal(err)
	}
	if !slices.Equal(told, []string{"c", "a"}) {
		t.Errorf("told of %v", told)
	}
	s.Change(func(c *Config) { c.Theme = "dark" })
	if got := s.Config().Current; got != "a" {
		t.Errorf("after a change, in use is %q", got)
	}
	if got := open(t, dir).Config().Current; got != "c" {
		t.Errorf("another process uses %q", got)
	}
	if err := s.UseAccount(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	if got := s.Config().Current; got != "b" {
		t.Errorf("taken into use, in use is %q", got)
	}
	if err := s.SelectAccount("a"); err != nil {
		t.Fatal(err)
	}
	if err := s.AddAccount(t.Context(), providers.Account{Name: "d"}); err != nil {
		t.Fatal(err)
	}
	if got := s.Config().Current; got != "d" {
		t.Errorf("added, in use is %q", got)
	}
	for _, err := range []error{s.SelectAccount("none"), s.UseAccount(t.Context(), "none")} {
		if !errors.Is(err, ErrUnknownAccount) {
			t.Errorf("got %v", err)
		}
	}
}

func TestWithoutTheAccountForThisRunTheConfigurationsIsInUse(t *testing.T) {
	dir := t.TempDir()
	s := withAccounts(t, dir, "a", "b")
	if err := s.SelectAccount("a"); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveAccount(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if got := s.Config().Current; got != "b" {
		t.Errorf("in use is %q", got)
	}
}

func TestRemovingAnAccountForgetsWhatBelongedToIt(t *testing.T) {
	dir := t.TempDir()
	s := withAccounts(t, dir, "a", "b", "c")
	s.UseCategory("b", "1")
	s.UseCategory("c", "2")
	if err := s.RemoveAccount(t.Context(), "b"); err != nil {
		t.Fatal(err)
	}
	c := s.Config()
	if c.Current != "c" || len(c.Accounts) != 2 || len(c.Categories) != 1 {
		t.Errorf("left is %+v", c)
	}
	if err := s.RemoveAccount(t.Context(), "c"); err != nil {
		t.Fatal(err)
	}
	if got := s.Config().Current; got != "a" {
		t.Errorf("in use is %q", got)
	}
	if err := s.RemoveAccount(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if c := s.Config(); c.Current != "" || len(c.Accounts) != 0 {
		t.Errorf("left is %+v", c)
	}
}

func TestAChannelForThisRunStaysThroughOtherChanges(t *testing.T) {
	dir := t.TempDir()
	s := withAccounts(t, dir, "a", "b")
	var told []string
	s.Observe(func(_, after Config) { told = append(told, inUse(after)) }, nil)
	if err := s.UseChannel(t.Context(), "b", "kept"); err != nil {
		t.Fatal(err)
	}
	if err := s.SelectChannel("for now"); err != nil {
		t.Fatal(err)
	}
	s.Change(func(c *Config) { c.Theme = "dark" })
	if got := inUse(s.Config()); got != "b/for now" {
		t.Errorf("in use is %q", got)
	}
	if got := inUse(open(t, dir).Config()); got != "b/kept" {
		t.Errorf("another process uses %q", got)
	}
	if err := s.UseChannel(t.Context(), "b", "next"); err != nil {
		t.Fatal(err)
	}
	if err := s.UseChannel(t.Context(), "a", "of the first"); err != nil {
		t.Errorf("of the first account: %v", err)
	}
	if got := inUse(s.Config()); got != "b/next" || told[len(told)-1] != got || !slices.Contains(told, "b/for now") {
		t.Errorf("in use is %q, told %q", got, told)
	}
	if err := s.UseChannel(t.Context(), "none", "x"); !errors.Is(err, ErrNoAccount) {
		t.Errorf("got %v", err)
	}
}

func TestAChannelForThisRunGoesWithItsAccount(t *testing.T) {
	dir := t.TempDir()
	s := withAccounts(t, dir, "a")
	if err := s.SelectChannel("for now"); err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveAccount(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	if err := s.SelectChannel("x"); !errors.Is(err, ErrNoAccount) {
		t.Errorf("got %v", err)
	}
	if err := s.AddAccount(t.Context(), providers.Account{Name: "a"}); err != nil {
		t.Fatal(err)
	}
	if got := inUse(s.Config()); got != "a/" {
		t.Errorf("in use is %q", got)
	}
}

func TestAConfigurationThatWasGivenOutStaysAsItWas(t *testing.T) {
	dir := t.TempDir()
	s := withAccounts(t, dir, "a")
	s.UseCategory("a", "1")
	s.Change(func(c *Config) { c.Accounts[0].Settings = map[string]string{"k": "v"} })
	if err := s.SelectChannel("for now"); err != nil {
		t.Fatal(err)
	}
	given := s.Config()
	s.Change(func(c *Config) {
		c.Accounts[0].Settings["k"] = "w"
		c.Accounts[0].Name = "b"
	})
	s.MarkCategory("a", "1", true)
	s.UseCategory("a", "2")
	if a := given.Accounts[0]; a.Name != "a" || a.Settings["k"] != "v" || len(given.Categories["a"].Recent) != 1 || len(given.Categories["a"].Favourite) != 0 {
		t.Errorf("it became %+v", given)
	}
	if err := s.SelectChannel("another"); err != nil && given.Accounts[0].Channel != "for now" {
		t.Errorf("it became %+v", given)
	}
}

func TestAMemoryThatHoldsNothingIsNotKept(t *testing.T) {
	s := withAccounts(t, t.TempDir(), "a")
	s.MarkCategory("a", "1", true)
	if got := s.Config().Categories["a"].Favourite; !slices.Equal(got, []string{"1"}) {
		t.Errorf("favourites are %v", got)
	}
	s.MarkCategory("a", "1", false)
	if _, there := s.Config().Categories["a"]; there {
		t.Error("an empty memory is kept")
	}
}

func TestAFreeNameIsOneThatNoAccountHas(t *testing.T) {
	var c Config
	for _, want := range []string{"soop", "soop-2", "soop-3"} {
		got := c.FreeName("soop")
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		c.Accounts = append(c.Accounts, providers.Account{Name: got})
	}
}
