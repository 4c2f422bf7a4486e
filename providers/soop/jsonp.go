package soop

import (
	"bytes"
	"regexp"
)

// jsonpHead is the name of a callback and its bracket, after the comment that
// some servers put before it.
var jsonpHead = regexp.MustCompile(`^(?:/\*.{0,200}?\*/)?\s*[A-Za-z_$][\w$.]{0,127}\s*\(`)

// unwrapJSONP returns what is inside callback(…); and anything else as it is
// (SOOP Open API, broad/list, callback).
func unwrapJSONP(body []byte) []byte {
	head := jsonpHead.Find(body)
	if head == nil {
		return body
	}
	inner := bytes.TrimRight(body[len(head):], "; \t\r\n")
	if !bytes.HasSuffix(inner, []byte(")")) {
		return body
	}
	return bytes.TrimSpace(inner[:len(inner)-1])
}
