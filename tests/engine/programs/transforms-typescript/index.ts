import * as pulumi from "@pulumi/pulumi";
import * as tenantstack from "@tenantstack/pulumi";

const seen = new Set<string>();

/** A tag for all that takes tags, and what no input of the component says of the database. */
const transform: pulumi.ResourceTransform = ({ type, name, props, opts }) => {
    seen.add(name);
    const more: Record<string, unknown> = {};
    if (props.tags !== undefined) {
        more.tags = pulumi.output(props.tags).apply((tags) => ({ ...tags, CostCenter: "4711" }));
    }
    if (type === "tenantstack:rds:DBInstance") {
        more.caCertificateIdentifier = "rds-ca-rsa4096-g1";
    }
    return { props: { ...props, ...more }, opts };
};

const dns = new tenantstack.Dns("dns", { domain: "example.com" });
const acme = new tenantstack.TenantStack("acme", {
    tenant: "acme", tier: "silo", dns, domain: "example.com",
    services: [{ name: "web", image: "app", port: 80 }],
    cache: { engine: "valkey" },
    secrets: { generated: { SESSION_KEY: {} } },
}, { transforms: [transform] });

export const reached = acme.url.apply(() => [...seen].sort());
