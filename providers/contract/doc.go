// Package contract is what every platform promises, as tests: each capability of
// package providers is described once and run against every platform over its
// simulated service, with the same faults for all.
//
// A new platform is added to the table in platforms_test.go. What it lacks is
// skipped by name; a capability that is missing, or one more than the table
// says, fails.
package contract
