package settings

import (
	"strconv"
	"strings"
)

// Truth reads a truth value of OBS's configuration: "true" in any case, or any
// number but 0.
func Truth(value string) bool { return strings.EqualFold(value, "true") || Number(value) != 0 }

// Number reads a number of OBS's configuration as C does: hexadecimal after
// "0x", and up to the first character that is not part of it.
func Number(value string) int64 {
	base, digits := 10, "0123456789"
	sign := ""
	value = strings.TrimLeft(value, " \t")
	if hex, found := strings.CutPrefix(value, "0x"); found {
		base, digits, value = 16, "0123456789abcdefABCDEF", hex
	} else if value != "" && (value[0] == '-' || value[0] == '+') {
		sign, value = value[:1], value[1:]
	}
	end := len(value) - len(strings.TrimLeft(value, digits))
	n, _ := strconv.ParseInt(sign+value[:end], base, 64)
	return n
}
