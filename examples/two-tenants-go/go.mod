module two-tenants-go

go 1.24

require (
	github.com/pulumi/pulumi/sdk/v3 v3.259.0
	github.com/tenantstack/pulumi-tenantstack/sdk/go v0.1.0
)
