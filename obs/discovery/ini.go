package discovery

import (
	"strings"

	"cuelight/internal/text"
	"cuelight/obs/settings"
)

// iniUnescape undoes what OBS does to a value on writing it.
var iniUnescape = strings.NewReplacer(`\\`, `\`, `\r`, "\r", `\n`, "\n")

// iniSection holds the values of one section of a file in OBS's own dialect of
// INI, the keys in lower case.
type iniSection map[string]string

// readINI reads one section; ok is false where the file has none. Sections and
// keys are found in any case; sections of one name count as one, and of two keys
// of one name the first. A value goes to the end of its line, spaces included,
// knows neither quotes nor comments, and escapes only the backslash and line
// ends. A general reader of INI would cut a password at a "#" and lose its
// quotes.
//
// Sources: OBS Studio, libobs/util/config-file.c; what is odd was tried on OBS
// 29.
func readINI(raw []byte, name string) (section iniSection, ok bool) {
	inside := false
	for line := range strings.Lines(text.Decode(raw)) {
		line = strings.TrimLeft(strings.TrimRight(line, "\r\n"), " \t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if title, rest, found := strings.Cut(line, "]"); found && strings.HasPrefix(title, "[") {
			if inside = strings.EqualFold(title[1:], name); inside && section == nil {
				section = iniSection{}
			}
			line = strings.TrimLeft(rest, " \t")
		}
		key, value, found := strings.Cut(line, "=")
		if !inside || !found {
			continue
		}
		key = strings.ToLower(key)
		if _, twice := section[key]; !twice {
			section[key] = iniUnescape.Replace(value)
		}
	}
	return section, section != nil
}

// text gives a value, empty where there is none.
func (s iniSection) text(key string) string { return s[strings.ToLower(key)] }

// flag reads a truth value: "true", or any number but 0. Where there is none it
// is as missing says.
func (s iniSection) flag(key string, missing bool) bool {
	value, ok := s[strings.ToLower(key)]
	if !ok {
		return missing
	}
	return settings.Truth(value)
}

// number reads a number, 0 where there is none.
func (s iniSection) number(key string) int64 { return settings.Number(s.text(key)) }
