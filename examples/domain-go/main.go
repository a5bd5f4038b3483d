package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
	"github.com/tenantstack/pulumi-tenantstack/sdk/go/tenantstack"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		domain := config.Require(ctx, "domain")
		vpc, err := tenantstack.NewVpc(ctx, "net", nil)
		if err != nil {
			return err
		}
		// With a ZoneId the zone that is there is used; without one it is made.
		dns, err := tenantstack.NewDns(ctx, "dns", &tenantstack.DnsArgs{Domain: pulumi.String(domain)})
		if err != nil {
			return err
		}
		// HTTPS on 443, and a redirect from 80. It runs in a cluster of its own.
		web, err := tenantstack.NewFargateService(ctx, "web", &tenantstack.FargateServiceArgs{
			Vpc:    vpc,
			Dns:    dns,
			Domain: pulumi.String("app." + domain),
			Image:  pulumi.String(config.Require(ctx, "image")),
			Port:   pulumi.Int(80),
		})
		if err != nil {
			return err
		}
		ctx.Export("url", web.Url)
		ctx.Export("nameServers", dns.NameServers)
		return nil
	})
}
