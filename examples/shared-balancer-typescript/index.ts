import * as pulumi from "@pulumi/pulumi";
import * as tenantstack from "@tenantstack/pulumi";

const image = new pulumi.Config().require("image");

const vpc = new tenantstack.Vpc("net");
const cluster = new tenantstack.Cluster("apps", { vpc });
const loadBalancer = new tenantstack.Alb("edge", { vpc });

const web = new tenantstack.FargateService("web", {
    cluster, loadBalancer, image, port: 80,
    hosts: ["app.example.com"],
});
// Of one host, the paths of the API. The more particular of two rules is asked first.
const api = new tenantstack.FargateService("api", {
    cluster, loadBalancer, image, port: 80,
    hosts: ["app.example.com"],
    paths: ["/api/*"],
});
// Without a port nobody reaches it.
const worker = new tenantstack.FargateService("worker", { cluster, image, command: ["sleep", "infinity"] });

export const address = loadBalancer.dnsName;
export const urls = [web.url, api.url];
export const workerName = worker.serviceName;
