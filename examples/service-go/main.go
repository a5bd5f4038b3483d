package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
	"github.com/tenantstack/pulumi-tenantstack/sdk/go/tenantstack"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		vpc, err := tenantstack.NewVpc(ctx, "net", nil)
		if err != nil {
			return err
		}
		cluster, err := tenantstack.NewCluster(ctx, "apps", &tenantstack.ClusterArgs{Vpc: vpc})
		if err != nil {
			return err
		}
		// A port makes it public: it gets a load balancer of its own.
		web, err := tenantstack.NewFargateService(ctx, "web", &tenantstack.FargateServiceArgs{
			Cluster: cluster,
			Image:   pulumi.String(config.Require(ctx, "image")),
			Port:    pulumi.Int(80),
		})
		if err != nil {
			return err
		}
		ctx.Export("url", web.Url)
		return nil
	})
}
