import * as pulumi from "@pulumi/pulumi";
import * as tenantstack from "@tenantstack/pulumi";

const config = new pulumi.Config();
const domain = config.require("domain");
const image = config.require("image");

// The clients. The next one is one more word, and the secret that it brings along:
//     pulumi config set --secret --path stripeKeys.initech …
const clients = ["acme", "globex", ...(config.getObject<string[]>("more") ?? [])];
const stripeKeys = config.requireSecretObject<Record<string, string>>("stripeKeys");

// What they share. With a zoneId the zone that is there is used; without one it is made.
const vpc = new tenantstack.Vpc("shared");
const cluster = new tenantstack.Cluster("apps", { vpc });
const dns = new tenantstack.Dns("dns", { domain, zoneId: config.get("zoneId") });
const loadBalancer = new tenantstack.Alb("edge", { vpc, dns, domain: `*.${domain}` });

// What each has to itself: services, database, cache, secrets, and its name, <client>.<domain>.
const stacks = clients.map(tenant => new tenantstack.TenantStack(tenant, {
    tenant, cluster, loadBalancer, dns, domain,
    services: [{ name: "web", image, port: 80 }],
    database: { engine: "postgres" },
    cache: { engine: "valkey" },
    secrets: {
        values: { STRIPE_KEY: stripeKeys.apply(keys => keys[tenant]) },
        // AWS makes this one. It is in no program, no state and no log.
        generated: { SESSION_KEY: { length: 64 } },
    },
}));

export const urls = stacks.map(stack => stack.url);
