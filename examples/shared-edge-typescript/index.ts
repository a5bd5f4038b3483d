import * as pulumi from "@pulumi/pulumi";
import * as tenantstack from "@tenantstack/pulumi";

const config = new pulumi.Config();

const vpc = new tenantstack.Vpc("shared");
const cluster = new tenantstack.Cluster("apps", { vpc });
const dns = new tenantstack.Dns("dns", { domain: config.require("domain"), zoneId: config.get("zoneId") });
const alb = new tenantstack.Alb("edge", { vpc, dns, domain: `*.${config.require("domain")}` });

// Plain data, which the clients' stacks read: see examples/client-of-edge-typescript.
export const network = vpc.network;
export const clusterArn = cluster.clusterArn;
export const edge = alb.edge;
export const zone = dns.zone;
