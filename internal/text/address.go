package text

import "net/url"

// Address gives the address of a server as it may be shown: without user,
// password, query and fragment, any of which may be a secret. It is empty where
// the address cannot be read.
func Address(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	u.User, u.RawQuery, u.ForceQuery, u.Fragment = nil, "", false, ""
	return Line(u.String())
}
