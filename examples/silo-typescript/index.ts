import * as pulumi from "@pulumi/pulumi";
import * as tenantstack from "@tenantstack/pulumi";

const config = new pulumi.Config();
const domain = config.require("domain");
const image = config.require("image");

// The one thing that isn't the client's own: the domain, in which it has its name.
const dns = new tenantstack.Dns("dns", { domain, zoneId: config.get("zoneId") });

// A network, a cluster and a load balancer of its own, beside all that a client has in any case.
const acme = new tenantstack.TenantStack("acme", {
    tenant: "acme", tier: "silo", cidrBlock: "10.20.0.0/16", dns, domain,
    services: [
        { name: "web", image, port: 80 },
        // Of the same host, the paths of the API.
        { name: "api", image, port: 80, paths: ["/api/*"] },
        // Without a port nobody reaches it.
        { name: "worker", image, command: ["sleep", "infinity"] },
    ],
    cache: { engine: "valkey" },
});

export const url = acme.url;
export const databaseHost = acme.databaseHost;
export const network = acme.network;
