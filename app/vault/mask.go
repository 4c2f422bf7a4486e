package vault

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"cuelight/internal/secret"
)

// shortestMasked is the length, in bytes, from which a part of a secret is
// masked; shorter ones are ordinary words.
const shortestMasked = 5

// Conceal has a secret masked that is not kept here, such as a stream key that
// the platform gives whenever it is asked.
func (v *Vault) Conceal(s secret.Text) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.concealed[s.Reveal()] = true
}

// Masker replaces every secret that the Vault has seen in this run, and each
// part of one, by the mask.
func (v *Vault) Masker() *strings.Replacer {
	v.mu.Lock()
	var words []string
	for _, stored := range v.memory {
		words = append(words, secretWords(stored)...)
	}
	for plain := range v.concealed {
		words = append(words, secretWords(plain)...)
	}
	v.mu.Unlock()
	// The longest first: a Replacer takes the first that fits, and a part that
	// comes before its whole would leave the rest of the whole readable.
	slices.SortFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	pairs := make([]string, 0, 2*len(words))
	for _, word := range words {
		pairs = append(pairs, word, secret.Mask)
	}
	return strings.NewReplacer(pairs...)
}

// secretWords gives what is secret in an item of the keyring: the whole, and
// its parts where it is several lines or a JSON object.
func secretWords(stored string) []string {
	var words []string
	plain := strings.TrimPrefix(stored, wholePrefix)
	if len(plain) >= shortestMasked {
		words = append(words, plain)
	}
	for _, value := range strings.FieldsFunc(plain, func(r rune) bool { return strings.ContainsRune("\"\n{},", r) }) {
		// Addresses and times stand beside secrets and are none: masked, they
		// would make holes in every line of a log.
		if _, err := time.Parse(time.RFC3339Nano, value); err == nil || strings.Contains(value, "//") {
			continue
		}
		for part := range strings.SplitSeq(value, ":") {
			if len(part) >= shortestMasked && strings.ContainsAny(part, "0123456789") {
				words = append(words, part)
			}
		}
	}
	return words
}
