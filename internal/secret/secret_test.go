package secret_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"cuelight/internal/secret"
)

func TestNoWayOfPrintingShowsTheValue(t *testing.T) {
	const plain = "afid-1234567"
	s := secret.New(plain)
	holder := struct {
		Name string
		Key  secret.Text
	}{"a", s}
	type hidden struct{ key secret.Text }
	buried := struct{ inside hidden }{hidden{s}}

	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", s, "holder", holder)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", s, "holder", holder)
	encoded, err := json.Marshal(holder)
	if err != nil {
		t.Fatal(err)
	}
	printed := map[string]string{"log": log.String(), "json": string(encoded)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%10s"} {
		printed[verb] = fmt.Sprintf(verb, s) + fmt.Sprintf(verb, holder) + fmt.Sprintf(verb, &holder) +
			fmt.Sprintf(verb, buried) + fmt.Sprintf(verb, &buried)
	}
	for how, text := range printed {
		if strings.Contains(text, plain) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", plain)) {
			t.Errorf("%s shows the secret: %s", how, text)
		}
	}
	if !strings.Contains(printed["json"], secret.Mask) {
		t.Errorf("a secret that is set should print as the mask, got %s", printed["json"])
	}
}

func TestEmptyAndEqual(t *testing.T) {
	if !(secret.Text{}).Empty() || secret.New("a").Empty() {
		t.Error("Empty tells a set secret from one that is not")
	}
	if !secret.New("a").Equal(secret.New("a")) || secret.New("a").Equal(secret.New("b")) {
		t.Error("Equal compares the plain values")
	}
	if got := fmt.Sprint(secret.Text{}); got != "" {
		t.Errorf("an empty secret prints as nothing, got %q", got)
	}
}
