package providers

import (
	"errors"
	"maps"
	"slices"

	"cuelight/internal/secret"
	"cuelight/internal/text"
)

// CheckValues cleans and judges what the user typed or pasted for a new account
// by the platform's Fields. What is not secret goes into settings, what is comes
// back cleaned. The error joins one of kind ErrUsage for each field that is
// wrong.
func (d Description) CheckValues(values map[string]string, secrets map[string]secret.Text, settings map[string]string) (map[string]secret.Text, error) {
	var errs []error
	cleaned := maps.Clone(secrets)
	if cleaned == nil {
		cleaned = make(map[string]secret.Text)
	}
	known := make(map[string]bool, len(d.Fields))
	for _, f := range d.Fields {
		known[f.Key] = true
		given := values[f.Key]
		if f.Secret {
			given = secrets[f.Key].Reveal()
		}
		value, err := text.Token(given)
		if f.Secret {
			cleaned[f.Key] = secret.New(value)
		}
		if err = errors.Join(UnseenError(f.Key, err), f.validate(value, err)); err != nil {
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
	return cleaned, errors.Join(errs...)
}

// validate checks one value that could be cleaned; an empty one is wrong only where
// it is required.
func (f Field) validate(value string, unclean error) error {
	switch {
	case unclean != nil:
		return nil // told already
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

// UnseenError tells of a value with a character that nobody sees, as package
// text found it; other errors come back as they are.
func UnseenError(field string, err error) error {
	unseen, ok := errors.AsType[*text.UnseenError](err)
	if !ok {
		return err
	}
	return &Error{
		Kind: ErrUsage, Op: "read what was given", Field: field, Reason: "field.unseen", Limit: unseen.Position, Err: err,
	}
}
