package main

import (
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
	"github.com/tenantstack/pulumi-tenantstack/sdk/go/tenantstack"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")
		domain, image := settings.Require("domain"), settings.Require("image")

		// The clients. The next one is one more word, and the secret that it brings along:
		//     pulumi config set --secret --path stripeKeys.initech …
		var more []string
		if err := settings.TryObject("more", &more); err != nil && !errors.Is(err, config.ErrMissingVar) {
			return err
		}
		clients := append([]string{"acme", "globex"}, more...)
		var keys map[string]string
		stripeKeys, err := settings.TrySecretObject("stripeKeys", &keys)
		if err != nil {
			return err
		}

		// What they share. With a ZoneId the zone that is there is used; without one it is made.
		vpc, err := tenantstack.NewVpc(ctx, "shared", nil)
		if err != nil {
			return err
		}
		cluster, err := tenantstack.NewCluster(ctx, "apps", &tenantstack.ClusterArgs{Vpc: vpc})
		if err != nil {
			return err
		}
		zone := &tenantstack.DnsArgs{Domain: pulumi.String(domain)}
		if id := settings.Get("zoneId"); id != "" {
			zone.ZoneId = pulumi.String(id)
		}
		dns, err := tenantstack.NewDns(ctx, "dns", zone)
		if err != nil {
			return err
		}
		edge, err := tenantstack.NewAlb(ctx, "edge", &tenantstack.AlbArgs{
			Vpc: vpc, Dns: dns, Domain: pulumi.String("*." + domain),
		})
		if err != nil {
			return err
		}

		// What each has to itself: services, database, cache, secrets, and its name, <client>.<domain>.
		urls := pulumi.Array{}
		for _, tenant := range clients {
			stripeKey := stripeKeys.ApplyT(func(any) string { return keys[tenant] }).(pulumi.StringOutput)
			stack, err := tenantstack.NewTenantStack(ctx, tenant, &tenantstack.TenantStackArgs{
				Tenant:       pulumi.String(tenant),
				Cluster:      cluster,
				LoadBalancer: edge,
				Dns:          dns,
				Domain:       pulumi.String(domain),
				Services: tenantstack.TenantServiceArray{
					tenantstack.TenantServiceArgs{
						Name: pulumi.String("web"), Image: pulumi.String(image), Port: pulumi.Int(80),
					},
				},
				Database: tenantstack.TenantDatabaseArgs{Engine: tenantstack.TenantDatabaseEnginePostgres},
				Cache:    tenantstack.TenantCacheArgs{Engine: tenantstack.TenantCacheEngineValkey},
				Secrets: tenantstack.TenantSecretsArgs{
					Values: pulumi.StringMap{"STRIPE_KEY": stripeKey},
					// AWS makes this one. It is in no program, no state and no log.
					Generated: tenantstack.GeneratedMap{
						"SESSION_KEY": tenantstack.GeneratedArgs{Length: pulumi.Int(64)},
					},
				},
			})
			if err != nil {
				return err
			}
			urls = append(urls, stack.Url)
		}
		ctx.Export("urls", urls)
		return nil
	})
}
