// Generates the Java SDK. A module of its own: pulumi-java needs an older Pulumi than the CLI.
package main

import (
	"bytes"
	_ "embed"

	"github.com/pulumi/pulumi-java/pkg/codegen/java"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"tenantstack.invalid/tools/sdkgen/tree"
)

// The generator knows only Gradle; Maven is what more machines have.
//
//go:embed pom.xml
var pom []byte

func main() {
	tree.Run(map[string]tree.Generator[schema.PackageSpec]{"java": generate})
}

func generate(spec schema.PackageSpec) (tree.Files, error) {
	pkg, err := schema.ImportSpec(spec, nil)
	if err != nil {
		return nil, err
	}
	project := bytes.ReplaceAll(pom, []byte("@VERSION@"), []byte(spec.Version))
	return java.GeneratePackage(tree.Tool, pkg, map[string][]byte{"pom.xml": project}, false)
}
