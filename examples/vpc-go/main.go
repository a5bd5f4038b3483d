package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
	"github.com/tenantstack/pulumi-tenantstack/sdk/go/tenantstack"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		// Named zones keep their subnets when another one is added.
		vpc, err := tenantstack.NewVpc(ctx, "net", &tenantstack.VpcArgs{
			CidrBlock:         pulumi.String("10.20.0.0/16"),
			AvailabilityZones: pulumi.StringArray{pulumi.String("eu-west-1a"), pulumi.String("eu-west-1b")},
			Nat:               tenantstack.Nat(config.Require(ctx, "nat")),
			Tags:              pulumi.StringMap{"Team": pulumi.String("platform")},
		})
		if err != nil {
			return err
		}
		ctx.Export("vpcId", vpc.VpcId)
		ctx.Export("publicSubnetIds", vpc.PublicSubnetIds)
		ctx.Export("natGatewayIds", vpc.NatGatewayIds)
		return nil
	})
}
