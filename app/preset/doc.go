// Package preset owns the presets: named sets of values for a broadcast's
// settings, in presets.json of the configuration folder, and what is done with
// them. No preset holds a secret.
package preset
