//go:build !race

package obs_test

// memoryFactor is 1 without the race detector.
const memoryFactor = 1
