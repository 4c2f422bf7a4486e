package tencent

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"cuelight/internal/secret"
)

// inside takes a UserSig apart, without the vendor's module.
func inside(t *testing.T, sig secret.Text) map[string]any {
	t.Helper()
	plain := strings.NewReplacer("*", "+", "-", "/", "_", "=").Replace(sig.Reveal())
	packed, err := base64.StdEncoding.DecodeString(plain)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]any
	if err := json.Unmarshal(doc, &members); err != nil {
		t.Fatal(err)
	}
	return members
}

func TestTheSignatureOfTheReferenceVector(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// The vendor's module signs the present moment; the vector's is this one.
		time.Sleep(time.Until(time.Unix(1700000000, 0)))
		key := secret.New("0123456789abcdef-synthetic-test-key")
		sig, err := userSig(1400000000, "administrator", key, 86400*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		members := inside(t, sig)
		if got, want := members["TLS.sig"], "LaWRFI/XP3aiggJHsKox2XFMN2T4p2l/uMHIy3pvxyo="; got != want {
			t.Errorf("signed %v, not %s", got, want)
		}
		if members["TLS.identifier"] != "administrator" || members["TLS.expire"] != 86400.0 || members["TLS.time"] != 1700000000.0 {
			t.Errorf("it says %v", members)
		}
		for _, c := range []struct {
			key  string
			user string
			at   time.Duration
			want error
		}{
			{key.Reveal(), "administrator", 0, nil},
			{key.Reveal(), "administrator", 86401 * time.Second, tencentyun.ErrExpired},
			{key.Reveal(), "somebody", 0, tencentyun.ErrIdentifierNotMatch},
			{"another", "administrator", 0, tencentyun.ErrSigNotMatch},
		} {
			if err := tencentyun.VerifyUserSig(1400000000, c.key, c.user, sig.Reveal(), time.Now().Add(c.at)); err != c.want {
				t.Errorf("the vendor's verifier says %v, not %v", err, c.want)
			}
		}
	})
}

func TestASignatureIsKeptUntilItIsOld(t *testing.T) {
	now := time.Unix(1700000000, 0)
	made := 0
	s := signer{app: 1, now: func() time.Time { return now }, make: func(uint32, string, secret.Text, time.Duration) (secret.Text, error) {
		made++
		return secret.New(strings.Repeat("x", made)), nil
	}}
	key := secret.New("key")
	var last secret.Text
	get := func(key, rejected secret.Text, want int) {
		t.Helper()
		got, err := s.get("me", key, rejected)
		if err != nil || len(got.Reveal()) != want {
			t.Errorf("signature %d, not %d (%v)", len(got.Reveal()), want, err)
		}
		last = got
	}
	get(key, secret.Text{}, 1)
	now = now.Add(sigLife - sigRenewBefore - time.Second)
	get(key, secret.Text{}, 1)
	now = now.Add(2 * time.Second)
	get(key, secret.Text{}, 2)
	old := last
	get(key, old, 3)                         // rejected by the platform
	get(key, old, 3)                         // somebody else's rejection of the one before
	get(secret.New("new"), secret.Text{}, 4) // another key
	now = now.Add(-24 * time.Hour)           // the clock was put back
	get(secret.New("new"), secret.Text{}, 5)
}
