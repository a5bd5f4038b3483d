"""What moto gets wrong by itself, and must not through this endpoint."""

from __future__ import annotations

from aws import Aws, refused


def test_an_unknown_nat_gateway(aws: Aws) -> None:
    with refused("NatGatewayNotFound"):
        aws.ec2.describe_nat_gateways(NatGatewayIds=["nat-00000000"])
    with refused("NatGatewayNotFound"):
        aws.ec2.delete_nat_gateway(NatGatewayId="nat-00000000")


def test_nat_gateways_by_tag(aws: Aws) -> None:
    vpc = aws.vpc()
    aws.gateway(vpc)
    tags = [{"ResourceType": "natgateway", "Tags": [{"Key": "k", "Value": "v"}]}]
    nat = aws.nat(aws.subnet(vpc), aws.address(), TagSpecifications=tags)
    for filters in ([{"Name": "tag:k", "Values": ["v"]}], [{"Name": "tag-key", "Values": ["k"]}]):
        assert [n["NatGatewayId"] for n in aws.ec2.describe_nat_gateways(Filters=filters)["NatGateways"]] == [nat]
    assert aws.ec2.describe_nat_gateways(Filters=[{"Name": "tag:k", "Values": ["w"]}])["NatGateways"] == []


def test_a_private_nat_gateway(aws: Aws) -> None:
    subnet = aws.subnet(aws.vpc())
    nat = aws.ec2.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")["NatGateway"]
    shown = aws.ec2.describe_nat_gateways(NatGatewayIds=[nat["NatGatewayId"]])["NatGateways"][0]
    assert (shown["ConnectivityType"], shown["State"]) == ("private", "available")
    assert shown["NatGatewayAddresses"][0]["PrivateIp"]


def test_a_new_group_lets_out_over_ipv4_only(aws: Aws) -> None:
    group = aws.group(aws.vpc())
    (rule,) = aws.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissionsEgress"]
    assert (rule["IpRanges"], rule["Ipv6Ranges"]) == ([{"CidrIp": "0.0.0.0/0"}], [])
    rules = aws.ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    assert [r.get("CidrIpv4") for r in rules["SecurityGroupRules"]] == ["0.0.0.0/0"]


def test_a_reference_is_revoked_whatever_its_description(aws: Aws) -> None:
    vpc = aws.vpc()
    group, other = aws.group(vpc), aws.group(vpc, "other")

    def rule(description: str) -> list[dict[str, object]]:
        peer = {"GroupId": other, "Description": description}
        return [{"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "UserIdGroupPairs": [peer]}]

    aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rule("a"))
    aws.ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=rule("b"))
    assert aws.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"] == []


def test_endpoints_after_a_delete(aws: Aws) -> None:
    vpc = aws.vpc()
    endpoint = aws.endpoint_in(vpc)
    assert aws.ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])["Unsuccessful"] == []
    mine = [{"Name": "vpc-id", "Values": [vpc]}]
    assert aws.ec2.describe_vpc_endpoints(Filters=mine)["VpcEndpoints"] == []
    (failed,) = aws.ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])["Unsuccessful"]
    assert failed["Error"]["Code"] == "InvalidVpcEndpoint.NotFound"


def test_endpoints_by_filter(aws: Aws) -> None:
    vpc = aws.vpc()
    tags = [{"ResourceType": "vpc-endpoint", "Tags": [{"Key": "k", "Value": "v"}]}]
    endpoint = aws.endpoint_in(vpc, TagSpecifications=tags)
    for name, value in (("tag:k", "v"), ("vpc-endpoint-state", "available"), ("vpc-endpoint-id", endpoint),
                        ("service-name", "com.amazonaws.us-east-1.s3"), ("vpc-endpoint-type", "Gateway")):
        found = aws.ec2.describe_vpc_endpoints(Filters=[{"Name": name, "Values": [value]}])["VpcEndpoints"]
        assert [one["VpcEndpointId"] for one in found] == [endpoint], name


def test_prefix_lists(aws: Aws) -> None:
    names = {one["PrefixListName"] for one in aws.ec2.describe_prefix_lists()["PrefixLists"]}
    assert "com.amazonaws.us-east-1.s3" in names


def test_what_moto_cannot_do_is_a_clean_501(aws: Aws) -> None:
    with refused("NotImplementedByEmulator") as refusal:
        aws.ec2.describe_verified_access_groups()
    assert refusal.status == 501


def test_log_groups(aws: Aws) -> None:
    logs = aws.client("logs")
    logs.create_log_group(logGroupName="/app", logGroupClass="INFREQUENT_ACCESS", tags={"a": "1"},
                          kmsKeyId=f"arn:aws:kms:us-east-1:{aws.account}:key/1")
    logs.put_retention_policy(logGroupName="/app", retentionInDays=30)
    (group,) = logs.describe_log_groups(logGroupNamePrefix="/app")["logGroups"]
    assert (group["logGroupClass"], group["retentionInDays"]) == ("INFREQUENT_ACCESS", 30)
    assert group["kmsKeyId"].endswith(":key/1")
    arn = group["logGroupArn"]
    logs.tag_resource(resourceArn=arn, tags={"b": "2"})
    logs.untag_resource(resourceArn=arn, tagKeys=["a"])
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"b": "2"}
    logs.delete_log_group(logGroupName="/app")
    with refused("ResourceNotFoundException"):
        logs.delete_log_group(logGroupName="/app")
    logs.create_log_group(logGroupName="/app")
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {}


def test_catalogues_are_there_when_asked_for(aws: Aws) -> None:
    owned = aws.ec2.describe_images(Owners=["amazon"])["Images"]
    assert len(owned) > 100
    policy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    assert aws.client("iam").get_policy(PolicyArn=policy)["Policy"]["Arn"] == policy
    assert aws.get("inventory") == {}


def test_a_policy_of_ones_own(aws: Aws) -> None:
    document = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}'
    iam = aws.client("iam")
    arn = iam.create_policy(PolicyName="mine", PolicyDocument=document, Tags=[{"Key": "a", "Value": "b"}])["Policy"]["Arn"]
    assert aws.get("inventory") == {"iam_policy": [{"id": arn, "region": "aws", "tags": {"a": "b"}}]}
    iam.delete_policy(PolicyArn=arn)
    assert aws.get("inventory") == {}
