package discovery

import "strings"

// iniUnescape undoes what OBS does to a value on writing it.
var iniUnescape = strings.NewReplacer(`\\`, `\`, `\r`, "\r", `\n`, "\n")

// iniSection reads one section of a file in OBS's own dialect of INI: a value
// goes to the end of its line, knows neither quotes nor comments, and escapes
// only the backslash and line ends. A general reader of INI would cut a
// password at a "#" and lose its quotes.
//
// Source: OBS Studio, libobs/util/config-file.c.
func iniSection(raw []byte, name string) (values map[string]string, ok bool) {
	inside := false
	for line := range strings.Lines(strings.TrimPrefix(string(raw), "\ufeff")) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
			inside = strings.TrimSpace(line[1:len(line)-1]) == name
			if inside && values == nil {
				values = map[string]string{}
			}
			continue
		}
		key, value, found := strings.Cut(line, "=")
		if inside && found {
			values[strings.TrimSpace(key)] = iniUnescape.Replace(strings.TrimSpace(value))
		}
	}
	return values, values != nil
}
