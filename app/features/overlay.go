package features

import (
	"context"
	"fmt"

	"cuelight/app/state"
	"cuelight/app/task"
	"cuelight/internal/secret"
	"cuelight/obs"
)

// OverlayPlaced is what adding an overlay to OBS came to.
type OverlayPlaced struct {
	// Source is the name of OBS's browser source.
	Source string
	// Added is false when the source was there and was updated.
	Added bool
}

// AddOverlay puts an overlay of the platform into a scene of OBS as a browser
// source of the canvas's size, or updates the one already there. An empty
// scene means the current one.
func (f *Features) AddOverlay(ctx context.Context, kind, device, scene, source string, tell task.Progress) (OverlayPlaced, error) {
	placed := OverlayPlaced{Source: source}
	ids := []state.StepID{state.StepOverlay, state.StepOBS, state.StepScene}
	err := f.opt.Tasks.Run(ctx, state.TaskOverlay, tell, ids, func(ctx context.Context, s *task.Steps) error {
		var address secret.Text
		err := s.Do(state.StepOverlay, func() (_ string, err error) {
			address, err = f.Overlay(ctx, kind, device)
			return "", err
		})
		if err != nil {
			return fmt.Errorf("get the overlay: %w", err)
		}
		client, err := s.Connect(ctx)
		if err != nil {
			return err
		}
		return s.Do(state.StepScene, func() (string, error) {
			how, err := client.PutOverlay(ctx, obs.Overlay{Name: source, URL: address, Scene: scene})
			placed.Added = how == obs.Added
			return scene, err
		})
	})
	return placed, err
}

// Scenes gives the names of OBS's scenes.
func (f *Features) Scenes(ctx context.Context) ([]string, error) {
	client, err := f.opt.OBS(ctx)
	if err != nil {
		return nil, err
	}
	scenes, err := client.Scenes(ctx)
	if err != nil {
		return nil, fmt.Errorf("list OBS's scenes: %w", err)
	}
	return scenes.Names, nil
}

// SwitchScene puts one of OBS's scenes on air.
func (f *Features) SwitchScene(ctx context.Context, name string) error {
	client, err := f.opt.OBS(ctx)
	if err != nil {
		return err
	}
	if err := client.SwitchScene(ctx, name); err != nil {
		return fmt.Errorf("switch OBS's scene: %w", err)
	}
	return nil
}
