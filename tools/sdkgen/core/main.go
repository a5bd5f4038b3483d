// Generates the Node.js, Python and Go SDKs, with the generators of the very CLI that tools/go-cli pins.
package main

import (
	"fmt"
	"strings"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"tenantstack.invalid/tools/sdkgen/tree"
)

func main() {
	tree.Run(map[string]tree.Generator[schema.PackageSpec]{
		"nodejs": bound(func(pkg *schema.Package) (map[string][]byte, error) {
			return nodejs.GeneratePackage(tree.Tool, pkg, nil, nil, false, nil)
		}),
		"python": bound(func(pkg *schema.Package) (map[string][]byte, error) {
			return python.GeneratePackage(tree.Tool, pkg, nil, nil)
		}),
		"go": bound(generateGo),
	})
}

// generateGo also tells the SDK its version: left empty, it takes itself for 1.0.0, and then doesn't recognize
// resources of version 0.x that come back as references in a component's outputs.
func generateGo(pkg *schema.Package) (map[string][]byte, error) {
	files, err := golang.GeneratePackage(tree.Tool, pkg, nil)
	for path, content := range files {
		if strings.HasSuffix(path, "internal/pulumiVersion.go") {
			version := fmt.Sprintf("= semver.MustParse(%q)", pkg.Version)
			files[path] = []byte(strings.Replace(string(content), "= semver.Version{}", version, 1))
		}
	}
	return files, err
}

// bound checks the schema before it generates. Our schema names no other package, so nothing needs loading.
func bound(generate func(*schema.Package) (map[string][]byte, error)) tree.Generator[schema.PackageSpec] {
	return func(spec schema.PackageSpec) (tree.Files, error) {
		pkg, err := schema.ImportSpec(spec, nil, schema.NewNullLoader(), schema.ValidationOptions{})
		if err != nil {
			return nil, err
		}
		return generate(pkg)
	}
}
