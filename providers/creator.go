package providers

// Creator is somebody who may broadcast on a channel.
type Creator struct {
	// Key identifies the creator: the platform's code, else the name.
	Key  string `json:"key"`
	Name string `json:"name"`
	// HasKey: the platform gives this creator's stream key.
	HasKey bool `json:"has_key"`
	// Chosen: Ingest gives this creator's.
	Chosen bool `json:"chosen"`
}
