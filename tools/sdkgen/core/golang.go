package main

import (
	"fmt"
	"strings"

	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"tenantstack.invalid/tools/sdkgen/tree"
)

// generateGo also tells the SDK its version: left empty, it takes itself for 1.0.0, and then doesn't recognize
// resources of version 0.x that come back as references in a component's outputs.
func generateGo(pkg *schema.Package) (map[string][]byte, error) {
	files, err := golang.GeneratePackage(tree.Tool, pkg, nil)
	for name, content := range files {
		if strings.HasSuffix(name, "internal/pulumiVersion.go") {
			version := fmt.Sprintf("= semver.MustParse(%q)", pkg.Version)
			files[name] = []byte(strings.Replace(string(content), "= semver.Version{}", version, 1))
		}
	}
	return files, err
}
