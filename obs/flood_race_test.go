//go:build race

package obs_test

// memoryFactor is what the race detector makes of a process's memory at most
// (its documentation names 5 to 10 times). The tests' script runs the floods
// once more without it.
const memoryFactor = 10
