module tenantstack.invalid/tools/sdkgen/tree

go 1.24
