package state

// Capabilities are what the session of an account can do.
type Capabilities struct {
	Ingest, KeyReset, Edit, Categories, LiveStatus, Station bool
	Directory, Overlays, Filters, Embeds, Channels          bool
	Statistics, Creators                                    bool
	// CategorySearch: categories are searched for by name, there is no list.
	CategorySearch bool
	// DirectoryScopes: who is live can be asked for by category or language;
	// DirectoryOrders: in several orders.
	DirectoryScopes, DirectoryOrders bool
	// Revoke: the sign-in can be ended at the platform, on every computer.
	Revoke bool
}
