package providers

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"cuelight/internal/secret"
)

// CheckValues judges what the user gave for a new account by the platform's
// Fields, and puts what is not secret into settings. The error joins one of kind
// ErrUsage for each field that is wrong.
func (d Description) CheckValues(values map[string]string, secrets map[string]secret.Text, settings map[string]string) error {
	var errs []error
	known := make(map[string]bool, len(d.Fields))
	for _, f := range d.Fields {
		known[f.Key] = true
		value := strings.TrimSpace(values[f.Key])
		if f.Secret {
			value = secrets[f.Key].Reveal()
		}
		if err := f.judge(value); err != nil {
			errs = append(errs, err)
			continue
		}
		if value != "" && !f.Secret {
			settings[f.Key] = value
		}
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if values[key] != "" && !known[key] {
			errs = append(errs, fieldError(key, "field.not_here"))
		}
	}
	return errors.Join(errs...)
}

// judge checks one value; an empty one is wrong only where it is required.
func (f Field) judge(value string) error {
	switch {
	case value == "" && f.Required:
		return fieldError(f.Key, "field.missing")
	case value == "":
		return nil
	case len(f.Options) > 0 && !slices.Contains(f.Options, value):
		return fieldError(f.Key, "field.option")
	case f.Check != nil:
		return f.Check(value)
	}
	return nil
}

func fieldError(field, reason string) error {
	return &Error{Kind: ErrUsage, Op: "add account", Field: field, Reason: reason}
}
