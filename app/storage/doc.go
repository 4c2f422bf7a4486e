// Package storage is how Cuelight's files are kept safe beside other processes:
// replaced in one step, readable by their owner only, behind locks that hold
// between goroutines and processes alike. It knows nothing of what is in them.
package storage
