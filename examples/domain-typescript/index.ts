import * as pulumi from "@pulumi/pulumi";
import * as tenantstack from "@tenantstack/pulumi";

const config = new pulumi.Config();
const domain = config.require("domain");

const vpc = new tenantstack.Vpc("net");
// With a zoneId the zone that is there is used; without one it is made.
const dns = new tenantstack.Dns("dns", { domain, zoneId: config.get("zoneId") });
// HTTPS on 443, and a redirect from 80. It runs in a cluster of its own.
const web = new tenantstack.FargateService("web", {
    vpc, dns,
    domain: `app.${domain}`,
    image: config.require("image"),
    port: 80,
});

export const url = web.url;
export const nameServers = dns.nameServers;
