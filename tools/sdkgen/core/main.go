// Generates the Node.js, Python and Go SDKs, with the generators of the very CLI that tools/go-cli pins.
package main

import (
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"tenantstack.invalid/tools/sdkgen/tree"
)

func main() {
	tree.Run(map[string]tree.Generator[schema.PackageSpec]{
		"nodejs": bound(generateNodejs),
		"python": bound(generatePython),
		"go":     bound(generateGo),
	})
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

func generatePython(pkg *schema.Package) (map[string][]byte, error) {
	return python.GeneratePackage(tree.Tool, pkg, nil, nil)
}
