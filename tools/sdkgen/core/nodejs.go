package main

import (
	"path"
	"regexp"

	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"tenantstack.invalid/tools/sdkgen/tree"
)

var importOfClasses = regexp.MustCompile(`(?m)^(import \{.*\} from ")([^."@][^"]*)(";)$`)

// generateNodejs also mends an import: a class of the root module that mentions one of another module (Vpc, which
// returns ec2.Subnet) imports it from "ec2", a package that doesn't exist, in place of "./ec2".
func generateNodejs(pkg *schema.Package) (map[string][]byte, error) {
	files, err := nodejs.GeneratePackage(tree.Tool, pkg, nil, nil, false, nil)
	for name, content := range files {
		if path.Dir(name) == "." && path.Ext(name) == ".ts" {
			files[name] = importOfClasses.ReplaceAll(content, []byte("${1}./${2}${3}"))
		}
	}
	return files, err
}
