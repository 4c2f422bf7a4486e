// Package vod is the screen that turns the address of a video into HTML for a web
// page.
package vod
