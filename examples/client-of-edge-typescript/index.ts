import * as pulumi from "@pulumi/pulumi";
import * as tenantstack from "@tenantstack/pulumi";

const config = new pulumi.Config();
const tenant = config.require("tenant");

// One stack of this program for each client: `pulumi stack init globex`, `pulumi config set tenant globex`.
const shared = new pulumi.StackReference(config.require("edge"));

const client = new tenantstack.TenantStack(tenant, {
    tenant,
    clusterArn: shared.requireOutput("clusterArn"),
    edge: shared.requireOutput("edge"), // It knows the network too.
    zone: shared.requireOutput("zone"),
    domain: config.require("domain"),
    services: [{ name: "web", image: config.require("image"), port: 80 }],
    cache: { engine: "valkey" },
});

export const url = client.url;
export const databaseSecretArn = client.databaseSecretArn;
