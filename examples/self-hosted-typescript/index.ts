import * as pulumi from "@pulumi/pulumi";
import * as tenantstack from "@tenantstack/pulumi";

const domain = new pulumi.Config().require("domain");
const zoneId = new pulumi.Config().get("zoneId");

const vpc = new tenantstack.Vpc("net");
const dns = new tenantstack.Dns("dns", { domain, zoneId });
const db = new tenantstack.Postgres("db", { vpc, databaseName: "strapi" });

// Made by AWS, known to nobody else, and the same in every deployment: a new one would end all sessions. APP_KEYS is a
// list with commas, here of one key, which therefore has none itself.
const key = { length: 48, excludeCharacters: ",\"[]" };
const secrets = new tenantstack.Secrets("keys", {
    generated: {
        APP_KEYS: key,
        API_TOKEN_SALT: key,
        ADMIN_JWT_SECRET: key,
        TRANSFER_TOKEN_SALT: key,
        JWT_SECRET: key,
        ENCRYPTION_KEY: key,
    },
});

// Strapi itself is the folder beside this one, examples/strapi: copy both.
const cms = new tenantstack.FargateService("cms", {
    vpc, dns,
    domain: `cms.${domain}`,
    build: { context: "../strapi" },
    port: 1337,
    cpu: 512,
    memory: 2048, // What Strapi asks for at least.
    // What is uploaded lies on a task's own disk, and is gone with the task at the next deployment. That is why there
    // is one task, and why you shouldn't let anybody upload yet: give Strapi a bucket before, with its provider
    // @strapi/provider-upload-aws-s3 in config/plugins.js, and `permissions` for that bucket here. The content itself
    // is in the database.
    desiredCount: 1,
    environment: { PUBLIC_URL: `https://cms.${domain}` },
    links: [db.link, secrets.link],
    // Strapi answers 204 there. The first start makes the tables, which takes a while.
    healthCheck: { path: "/_health", matcher: "204", gracePeriodSeconds: 180 },
});

export const admin = pulumi.interpolate`${cms.url}/admin`;
export const nameServers = dns.nameServers;
