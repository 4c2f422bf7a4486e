package command_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cuelight/app/command"
	"cuelight/internal/secret"
	"cuelight/obs/obssim"
)

func TestWhatIsNotKnownIsNotOff(t *testing.T) {
	o, err := obssim.New(obssim.Options{Password: secret.New("open sesame")})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	c := newTerminal(t)
	c.must("login", "--number", "111111")
	t.Setenv("CUELIGHT_OBS_PASSWORD", "\ufeffopen sesame\r")
	at := []string{"--obs", o.Endpoint().Address(), "status"}
	if s := c.must(append(at, "--json")...).object(t)["obs"].(map[string]any); s["connected"] != true || s["state"] != "off" {
		t.Fatalf("without a fault %v", s)
	}
	o.Faults(func(f *obssim.Faults) {
		f.Requests = map[string]obssim.Fault{
			"GetStreamStatus": {Status: 702}, "GetStreamServiceSettings": {Status: 702},
		}
	})
	told := c.must(append(at, "--json")...)
	s := told.object(t)["obs"].(map[string]any)
	if s["connected"] != true || s["state"] != "unknown" || s["service"].(map[string]any)["unknown"] != true {
		t.Errorf("refused: %v", s)
	}
	if problems, _ := told.object(t)["problems"].([]any); len(problems) != 2 {
		t.Errorf("problems %v", problems)
	}
	if o := c.must(at...); !strings.Contains(o.out, "Sends to:  unknown") || !strings.Contains(o.out, ", unknown") {
		t.Errorf("said %q", o.out)
	}
}

func TestAValueThatBeginsWithADashIsExplained(t *testing.T) {
	c := newTerminal(t)
	o := c.sandbox("update", "--title", "-5도")
	if o.code != command.ExitUsage || !strings.Contains(o.err, `--title="-5도"`) && !strings.Contains(o.err, "--title=-5도") {
		t.Errorf("ended with %d, said %q", o.code, o.err)
	}
}

func TestVersionIsAFlagAsWell(t *testing.T) {
	c := newTerminal(t)
	if o := c.with("", "--version"); o.code != 0 || o.out != "cuelight 1.2.3\n" {
		t.Errorf("ended with %d, printed %q, said %q", o.code, o.out, o.err)
	}
	if o := c.with("", "--version", "--json"); o.object(t)["version"] != "1.2.3" {
		t.Errorf("printed %q", o.out)
	}
}

func TestUpdatesHelpNamesEveryField(t *testing.T) {
	c := newTerminal(t)
	about, _, _ := strings.Cut(c.with("", "update", "--help").out, "--title")
	about = strings.Join(strings.Fields(about), " ")
	for _, field := range []string{
		"title", "category", "hashtags", "language", "viewer limit", "password", "visibility", "age rating",
		"ending message", "standby", "icon position", "no-visits notice", "paid promotion",
	} {
		if !strings.Contains(about, field) {
			t.Errorf("no %s in %q", field, about)
		}
	}
}

func TestANumberInFullWidthDigitsSignsIn(t *testing.T) {
	c := newTerminal(t)
	c.must("login", "--number", "１１１１１１")
}

func TestSecretsOfEveryShellAreTheSame(t *testing.T) {
	utf16 := func(s string) string {
		var b strings.Builder
		b.WriteString("\xff\xfe")
		for _, c := range []byte(s) {
			b.Write([]byte{c, 0})
		}
		return b.String()
	}
	for name, stdin := range map[string]string{
		"UTF-8 with a mark": "\ufeffsecret-of-mine\r\n", "UTF-16 of PowerShell": utf16("secret-of-mine\r\n"),
		"a no-break space": "\u00a0secret-of-mine\u200b\n",
	} {
		c := newTerminal(t)
		o := c.with(stdin, "account", "add", "soop", "--client-id", "\ufeffid-1\u00a0")
		if o.code != 0 {
			t.Errorf("%s: ended with %d: %s", name, o.code, o.err)
			continue
		}
		config, err := os.ReadFile(filepath.Join(c.dir, "config.json"))
		if err != nil || !bytes.Contains(config, []byte(`"id-1"`)) {
			t.Errorf("%s: the configuration is %s, %v", name, config, err)
		}
		kept := false
		for _, value := range c.ring.Values() {
			kept = kept || value == "secret-of-mine" || strings.HasSuffix(value, ":secret-of-mine")
		}
		if !kept {
			t.Errorf("%s: the secret is kept otherwise: %q", name, c.ring.Values())
		}
	}
	c := newTerminal(t)
	if o := c.with("se\x1b[0mcret\n", "account", "add", "soop", "--client-id", "id"); o.code != command.ExitUsage {
		t.Errorf("an escape inside: ended with %d: %s", o.code, o.err)
	}
}

func TestWithoutAHomeTheCureIsTold(t *testing.T) {
	for name, environment := range map[string]map[string]string{
		"no HOME":                    {"HOME": "", "XDG_CONFIG_HOME": "", "AppData": ""},
		"XDG_CONFIG_HOME is no path": {"XDG_CONFIG_HOME": "relative", "AppData": ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := newTerminal(t)
			for key, value := range environment {
				t.Setenv(key, value)
			}
			var out, said bytes.Buffer
			_, code := command.Main(t.Context(), command.Program{Keyring: c.ring, Stdout: &out, Stderr: &said}, []string{"account", "list"})
			if code == 0 || !strings.Contains(said.String(), "--config") {
				t.Errorf("ended with %d, said %q", code, said.String())
			}
		})
	}
}
