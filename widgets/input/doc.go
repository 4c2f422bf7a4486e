// Package input holds fields: text that takes Hangul well, hashtags, secrets, a search,
// a picker over ten thousand entries, a stepper.
package input
