package obslink

import "context"

// Scene asks OBS for the scene that it shows.
func (c *Connection) Scene(ctx context.Context) (string, error) {
	client, err := c.Client(ctx)
	if err != nil {
		return "", err
	}
	scenes, err := client.Scenes(ctx)
	return scenes.Current, err
}
