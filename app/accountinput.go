package app

import (
	"errors"
	"maps"
	"slices"

	"cuelight/internal/secret"
	"cuelight/internal/text"
	"cuelight/providers"
)

// checkFields cleans what was typed or pasted, and puts what is no secret into
// the settings.
func checkFields(desc providers.Description, n *NewAccount, settings map[string]string) error {
	var errs []error
	secrets := maps.Clone(n.Secrets)
	if secrets == nil {
		secrets = map[string]secret.Text{}
	}
	known := make(map[string]bool, len(desc.Fields))
	for _, f := range desc.Fields {
		known[f.Key] = true
		value, err := text.Token(n.Values[f.Key])
		if f.Secret {
			value, err = text.Token(n.Secrets[f.Key].Reveal())
			secrets[f.Key] = secret.New(value)
		}
		if err != nil {
			errs = append(errs, unseenError(f.Key, err))
			continue
		}
		switch {
		case value == "" && f.Required:
			errs = append(errs, fieldError(f.Key, "field.missing"))
			continue
		case value == "":
			continue
		case len(f.Options) > 0 && !slices.Contains(f.Options, value):
			errs = append(errs, fieldError(f.Key, "field.option"))
			continue
		}
		if f.Check != nil {
			if err := f.Check(value); err != nil {
				errs = append(errs, err)
				continue
			}
		}
		if !f.Secret {
			settings[f.Key] = value
		}
	}
	n.Secrets = secrets
	for _, key := range slices.Sorted(maps.Keys(n.Values)) {
		if n.Values[key] != "" && !known[key] {
			errs = append(errs, fieldError(key, "field.not_here"))
		}
	}
	return errors.Join(errs...)
}

func fieldError(field, reason string) error {
	return &providers.Error{Kind: providers.ErrUsage, Op: "add account", Field: field, Reason: reason}
}

// unseenError tells of a value with a character that nobody sees.
func unseenError(field string, err error) error {
	unseen, ok := errors.AsType[*text.UnseenError](err)
	if !ok {
		return err
	}
	return &providers.Error{
		Kind: providers.ErrUsage, Op: "read what was given", Field: field, Reason: "field.unseen", Limit: unseen.Position, Err: err,
	}
}
