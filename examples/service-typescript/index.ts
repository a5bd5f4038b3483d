import * as pulumi from "@pulumi/pulumi";
import * as tenantstack from "@tenantstack/pulumi";

const config = new pulumi.Config();

const vpc = new tenantstack.Vpc("net");
const cluster = new tenantstack.Cluster("apps", { vpc });
// A port makes it public: it gets a load balancer of its own.
const web = new tenantstack.FargateService("web", { cluster, image: config.require("image"), port: 80 });

export const url = web.url;
