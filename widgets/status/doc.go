// Package status shows how things stand: checklists, the cue light, pills, numbers,
// lines over time, and what stands in for content that is empty or on its way.
package status
