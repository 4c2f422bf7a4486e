package diagnostics

// Report is what Diagnose found. It holds no secret.
type Report struct {
	System   string          `json:"system"`
	Go       string          `json:"go"`
	Config   ReportConfig    `json:"config"`
	Keyring  ReportKeyring   `json:"keyring"`
	Tray     bool            `json:"tray"`
	OBS      ReportOBS       `json:"obs"`
	Accounts []ReportAccount `json:"accounts"`
}

// ReportConfig is where the configuration is and whether it can be written.
type ReportConfig struct {
	Dir      string `json:"dir"`
	Writable bool   `json:"writable"`
	Sandbox  bool   `json:"sandbox"`
	Language string `json:"language,omitempty"`
}

// ReportKeyring is where secrets go.
type ReportKeyring struct {
	Durable bool  `json:"durable"`
	Err     error `json:"-"`
}

// ReportOBS is what was found of OBS.
type ReportOBS struct {
	// Reason is how discovery ended; empty where an address was given.
	Reason    string `json:"reason,omitempty"`
	File      string `json:"file,omitempty"`
	Program   string `json:"program,omitempty"`
	Address   string `json:"address,omitempty"`
	Simulated bool   `json:"practice,omitempty"`
	Connected bool   `json:"connected"`
	Version   string `json:"version,omitempty"`
	Err       error  `json:"-"`
}

// ReportAccount is one account.
type ReportAccount struct {
	Name     string `json:"name"`
	Platform string `json:"platform"`
	Current  bool   `json:"current"`
	SignedIn bool   `json:"signed_in"`
	Err      error  `json:"-"`
}
