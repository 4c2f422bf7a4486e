package soop

import (
	"maps"
	"slices"
	"strings"
)

// Values of FieldScope.
const (
	scopeAsk  = "ask"
	scopeOmit = "omit"
)

// rights are those that the calls of a signed-in user need, by endpoint. Neither
// document has them; public clients send them since 2026, and the user allows
// each on the platform's page. Those of the filters are not known.
var rights = map[string]string{
	"broad/info/update":    "broad_info_update",
	"validate/live/status": "validate_live_status",
	"user/stationinfo":     "user_stationinfo",
	"broad/rtmp":           "broad_rtmp",
	"broad/rtmp/reset":     "broad_rtmp_reset",
	"aqua/component/get":   "aqua_component_get",
}

// scope lists the rights that are asked for at sign-in, parted by spaces.
func scope() string {
	return strings.Join(slices.Sorted(maps.Values(rights)), " ")
}
