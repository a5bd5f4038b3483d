import * as pulumi from "@pulumi/pulumi";
import * as tenantstack from "@tenantstack/pulumi";

const config = new pulumi.Config();

// Three tiers of subnets in two zones, one NAT gateway, free endpoints for S3 and DynamoDB.
const vpc = new tenantstack.Vpc("net", {
    cidrBlock: config.require("cidrBlock"),
    nat: "single",
    tags: { Environment: config.require("environment") },
});

// Every AWS resource underneath can be used by itself too.
const web = new tenantstack.ec2.SecurityGroup("web", {
    vpcId: vpc.vpcId,
    groupDescription: "HTTPS from everywhere",
});
new tenantstack.ec2.SecurityGroupIngress("https", {
    groupId: web.groupId,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIp: "0.0.0.0/0",
});

export const vpcId = vpc.vpcId;
export const publicSubnetIds = vpc.publicSubnetIds;
export const privateSubnetIds = vpc.privateSubnetIds;
export const isolatedSubnetIds = vpc.isolatedSubnetIds;
export const natPublicIps = vpc.natPublicIps;
export const securityGroupId = web.groupId;
