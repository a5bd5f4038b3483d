// Generates the .NET SDK. A module of its own: later versions of Pulumi left this generator out.
package main

import (
	"bytes"
	_ "embed"
	"io"
	"net/http"

	"github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	"tenantstack.invalid/tools/sdkgen/tree"
)

//go:embed logo.png
var logo []byte

// logoOnly stands in for the network: the generator fetches the package's logo while it generates.
type logoOnly struct{}

func (logoOnly) RoundTrip(request *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK,
		Body:       io.NopCloser(bytes.NewReader(logo)),
		Request:    request,
	}, nil
}

func main() {
	http.DefaultTransport = logoOnly{}
	tree.Run(map[string]tree.Generator[schema.PackageSpec]{"dotnet": generate})
}

func generate(spec schema.PackageSpec) (tree.Files, error) {
	pkg, err := schema.ImportSpec(spec, nil, schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	return dotnet.GeneratePackage(tree.Tool, pkg, nil, nil)
}
