import pulumi
import pulumi_tenantstack as ts

config = pulumi.Config()

# A network without a way out but for private endpoints, which records its traffic.
vpc = ts.Vpc(
    "net",
    availability_zone_count=config.require_int("availabilityZoneCount"),
    nat="none",
    endpoints=["s3", "ecr.api"],
    flow_logs={"retention_in_days": config.require_int("retentionInDays")},
)

# An existing resource, read by its id.
first = ts.ec2.Subnet.get("first", vpc.private_subnet_ids[0])

pulumi.export("vpcId", vpc.vpc_id)
pulumi.export("privateSubnetIds", vpc.private_subnet_ids)
pulumi.export("endpointIds", vpc.endpoint_ids)
pulumi.export("firstZone", first.availability_zone)
pulumi.export("network", vpc.network)
