// Package rule owns the rules, in rules.json of the configuration folder, and
// runs them: when OBS switches to a scene or a scene collection, or a program
// comes to the front, a preset is applied or proposed.
package rule
