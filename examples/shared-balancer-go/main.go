package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
	"github.com/tenantstack/pulumi-tenantstack/sdk/go/tenantstack"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		image := pulumi.String(config.Require(ctx, "image"))
		vpc, err := tenantstack.NewVpc(ctx, "net", nil)
		if err != nil {
			return err
		}
		cluster, err := tenantstack.NewCluster(ctx, "apps", &tenantstack.ClusterArgs{Vpc: vpc})
		if err != nil {
			return err
		}
		edge, err := tenantstack.NewAlb(ctx, "edge", &tenantstack.AlbArgs{Vpc: vpc})
		if err != nil {
			return err
		}
		web, err := tenantstack.NewFargateService(ctx, "web", &tenantstack.FargateServiceArgs{
			Cluster:      cluster,
			LoadBalancer: edge,
			Image:        image,
			Port:         pulumi.Int(80),
			Hosts:        pulumi.StringArray{pulumi.String("app.example.com")},
		})
		if err != nil {
			return err
		}
		// Of one host, the paths of the API. The more particular of two rules is asked first.
		api, err := tenantstack.NewFargateService(ctx, "api", &tenantstack.FargateServiceArgs{
			Cluster:      cluster,
			LoadBalancer: edge,
			Image:        image,
			Port:         pulumi.Int(80),
			Hosts:        pulumi.StringArray{pulumi.String("app.example.com")},
			Paths:        pulumi.StringArray{pulumi.String("/api/*")},
		})
		if err != nil {
			return err
		}
		// Without a port nobody reaches it.
		worker, err := tenantstack.NewFargateService(ctx, "worker", &tenantstack.FargateServiceArgs{
			Cluster: cluster,
			Image:   image,
			Command: pulumi.StringArray{pulumi.String("sleep"), pulumi.String("infinity")},
		})
		if err != nil {
			return err
		}
		ctx.Export("address", edge.DnsName)
		ctx.Export("urls", pulumi.Array{web.Url, api.Url})
		ctx.Export("workerName", worker.ServiceName)
		return nil
	})
}
