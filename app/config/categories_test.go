package config

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestTheCategoryUsedLastComesFirstOnce(t *testing.T) {
	var m CategoryMemory
	for _, n := range []string{"1", "2", "3", "2"} {
		m = m.used(n)
	}
	if want := []string{"2", "3", "1"}; !slices.Equal(m.Recent, want) {
		t.Errorf("recent are %v, want %v", m.Recent, want)
	}
}

func TestOnlyTheLastUsedCategoriesAreKept(t *testing.T) {
	var m CategoryMemory
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		m = m.used(n)
	}
	if want := []string{"8", "7", "6", "5", "4", "3"}; !slices.Equal(m.Recent, want) {
		t.Errorf("recent are %v, want %v", m.Recent, want)
	}
}

func TestAFavouriteIsMarkedOnceAndUnmarked(t *testing.T) {
	m := CategoryMemory{}.marked("1", true).marked("2", true).marked("1", true)
	if want := []string{"2", "1"}; !slices.Equal(m.Favourite, want) {
		t.Errorf("favourites are %v, want %v", m.Favourite, want)
	}
	if m = m.marked("2", false); !slices.Equal(m.Favourite, []string{"1"}) {
		t.Errorf("favourites are %v after one went", m.Favourite)
	}
}

func TestAMemoryThatIsSharedIsNotChanged(t *testing.T) {
	m := CategoryMemory{Recent: []string{"1", "2", "3"}, Favourite: []string{"1", "2"}}
	m.used("3")
	m.marked("1", false)
	if !slices.Equal(m.Recent, []string{"1", "2", "3"}) || !slices.Equal(m.Favourite, []string{"1", "2"}) {
		t.Errorf("became %+v", m)
	}
}

func TestCategoriesAreKeptByAccountAcrossRuns(t *testing.T) {
	dir := t.TempDir()
	err := open(t, dir).Update(t.Context(), func(c *Config) error {
		c.Categories = map[string]CategoryMemory{"본방": CategoryMemory{}.used("00040066").marked("00040070", true)}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	m := open(t, dir).Config().Categories["본방"]
	if !slices.Equal(m.Recent, []string{"00040066"}) || !slices.Equal(m.Favourite, []string{"00040070"}) {
		t.Errorf("came back as %+v", m)
	}
}

func TestAConfigurationWithoutCategoriesDoesNotNameThem(t *testing.T) {
	data, err := json.Marshal(Config{Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]any
	if err := json.Unmarshal(data, &members); err != nil {
		t.Fatal(err)
	}
	if _, there := members["categories"]; there {
		t.Error("it names them")
	}
}
