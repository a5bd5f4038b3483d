// Package tree is what the three SDK generators share: it reads the schema, and writes what they return.
//
// They are three programs because each language's generator comes from another version of Pulumi's modules.
package tree

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Tool is named in the first line of every generated file.
const Tool = "tools/sdkgen"

// Files maps a path inside an SDK to its content.
type Files map[string][]byte

// Generator makes the SDK of one language from the package schema.
type Generator[Spec any] func(spec Spec) (Files, error)

// Run is the whole of a generator's main: `sdkgen SCHEMA OUT` writes OUT/<language>/ for each of its languages.
func Run[Spec any](generators map[string]Generator[Spec]) {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: %s SCHEMA.json OUTPUT-FOLDER", os.Args[0]))
	}
	schema, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail(err)
	}
	for language, generate := range generators {
		if err := write(schema, filepath.Join(os.Args[2], language), generate); err != nil {
			fail(fmt.Errorf("%s: %w", language, err))
		}
	}
}

// write decodes the schema anew for every language, because a generator changes the specification it is given.
func write[Spec any](schema []byte, folder string, generate Generator[Spec]) error {
	var spec Spec
	if err := json.Unmarshal(schema, &spec); err != nil {
		return err
	}
	files, err := generate(spec)
	if err != nil {
		return err
	}
	for path, content := range files {
		path = filepath.Join(folder, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "sdkgen:", err)
	os.Exit(1)
}
