// Package rowlist is a list of very many rows with pictures that draws only those in
// sight.
package rowlist
