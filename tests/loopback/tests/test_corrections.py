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
    for name, value in (
        ("tag:k", "v"),
        ("vpc-endpoint-state", "available"),
        ("vpc-endpoint-id", endpoint),
        ("service-name", "com.amazonaws.us-east-1.s3"),
        ("vpc-endpoint-type", "Gateway"),
    ):
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
    logs.create_log_group(
        logGroupName="/app",
        logGroupClass="INFREQUENT_ACCESS",
        tags={"a": "1"},
        kmsKeyId=f"arn:aws:kms:us-east-1:{aws.account}:key/1",
    )
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
    arn = iam.create_policy(PolicyName="mine", PolicyDocument=document, Tags=[{"Key": "a", "Value": "b"}])[
        "Policy"
    ]["Arn"]
    assert aws.get("inventory") == {"iam_policy": [{"id": arn, "region": "aws", "tags": {"a": "b"}}]}
    iam.delete_policy(PolicyArn=arn)
    assert aws.get("inventory") == {}


def test_descriptions_of_references(aws: Aws) -> None:
    vpc = aws.vpc()
    group, other = aws.group(vpc), aws.group(vpc, "other")
    peer = {"GroupId": other, "Description": "from other"}
    permissions = [{"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "UserIdGroupPairs": [peer]}]
    (rule,) = aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=permissions)[
        "SecurityGroupRules"
    ]
    assert rule["Description"] == "from other"
    changed = {"SecurityGroupRuleId": rule["SecurityGroupRuleId"], "Description": "new"}
    aws.ec2.update_security_group_rule_descriptions_ingress(GroupId=group, SecurityGroupRuleDescriptions=[changed])
    assert read_rule(aws, rule["SecurityGroupRuleId"])["Description"] == "new"


def read_rule(aws: Aws, rule: str) -> dict[str, object]:
    (found,) = aws.ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])["SecurityGroupRules"]
    return found


def test_modified_rules(aws: Aws) -> None:
    group = aws.group(aws.vpc())
    permissions = [{"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}]
    (rule,) = aws.ec2.authorize_security_group_egress(GroupId=group, IpPermissions=permissions)[
        "SecurityGroupRules"
    ]
    rule_id = rule["SecurityGroupRuleId"]

    def modify(**wanted: object) -> None:
        rules = [{"SecurityGroupRuleId": rule_id, "SecurityGroupRule": wanted}]
        aws.ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=rules)

    modify(IpProtocol="-1", CidrIpv6="2001:db8::/32", Description="all")
    found = read_rule(aws, rule_id)
    assert (found["IpProtocol"], found["CidrIpv6"], found["Description"]) == ("-1", "2001:db8::/32", "all")
    with refused("InvalidParameterValue"):
        modify(IpProtocol="-1", CidrIpv4="10.0.0.0/8")


def test_modified_endpoints(aws: Aws) -> None:
    vpc = aws.vpc()
    old, new = aws.table(vpc), aws.table(vpc)
    gateway = aws.endpoint_in(vpc, RouteTableIds=[old])
    aws.ec2.modify_vpc_endpoint(VpcEndpointId=gateway, AddRouteTableIds=[new], RemoveRouteTableIds=[old])
    tables = aws.ec2.describe_route_tables(RouteTableIds=[old, new])["RouteTables"]
    assert {table["RouteTableId"]: len(table["Routes"]) for table in tables} == {old: 1, new: 2}

    first, second = aws.subnet(vpc), aws.subnet(vpc, "10.0.1.0/24")
    interface = aws.endpoint_in(
        vpc,
        ServiceName="com.amazonaws.us-east-1.logs",
        VpcEndpointType="Interface",
        SubnetIds=[first],
        PrivateDnsEnabled=False,
    )
    aws.ec2.modify_vpc_endpoint(VpcEndpointId=interface, AddSubnetIds=[second], RemoveSubnetIds=[first])
    (endpoint,) = aws.ec2.describe_vpc_endpoints(VpcEndpointIds=[interface])["VpcEndpoints"]
    assert (endpoint["SubnetIds"], len(endpoint["NetworkInterfaceIds"])) == ([second], 1)
    aws.ec2.delete_subnet(SubnetId=first)


def test_flow_logs_by_arn(aws: Aws) -> None:
    vpc = aws.vpc()
    aws.client("logs").create_log_group(logGroupName="/flow")
    created = aws.ec2.create_flow_logs(
        ResourceIds=[vpc],
        ResourceType="VPC",
        TrafficType="ALL",
        LogDestinationType="cloud-watch-logs",
        LogDestination=f"arn:aws:logs:us-east-1:{aws.account}:log-group:/flow:*",
        DeliverLogsPermissionArn=f"arn:aws:iam::{aws.account}:role/r",
    )
    (log,) = aws.ec2.describe_flow_logs(FlowLogIds=created["FlowLogIds"])["FlowLogs"]
    assert (log["LogGroupName"], log["DeliverLogsStatus"]) == ("/flow", "SUCCESS")
    with refused("InvalidFlowLogId.NotFound"):
        aws.ec2.describe_flow_logs(FlowLogIds=["fl-00000000"])


def test_a_free_address_has_no_interface(aws: Aws) -> None:
    aws.address()
    assert not {"InstanceId", "NetworkInterfaceId"} & aws.ec2.describe_addresses()["Addresses"][0].keys()


def test_a_pending_nat_gateway_tells_little(aws: Aws) -> None:
    aws.put("transitions", {"polls": 1})
    vpc = aws.vpc()
    aws.gateway(vpc)
    address = aws.address()
    created = aws.ec2.create_nat_gateway(SubnetId=aws.subnet(vpc), AllocationId=address)["NatGateway"]
    assert created["NatGatewayAddresses"] == [{"AllocationId": address, "IsPrimary": True, "Status": "associating"}]
    assert created["ConnectivityType"] == "public"
    for _ in range(2):
        (nat,) = aws.ec2.describe_nat_gateways(NatGatewayIds=[created["NatGatewayId"]])["NatGateways"]
    assert nat["NatGatewayAddresses"][0]["PublicIp"]


def test_keys_and_protection_of_log_groups(aws: Aws) -> None:
    logs, key = aws.client("logs"), f"arn:aws:kms:us-east-1:{aws.account}:key/1"
    logs.create_log_group(logGroupName="g", deletionProtectionEnabled=True)
    logs.associate_kms_key(logGroupName="g", kmsKeyId=key)
    (group,) = logs.describe_log_groups()["logGroups"]
    assert (group["kmsKeyId"], group["deletionProtectionEnabled"]) == (key, True)
    with refused("ValidationException"):
        logs.delete_log_group(logGroupName="g")
    logs.put_log_group_deletion_protection(logGroupIdentifier="g", deletionProtectionEnabled=False)
    logs.disassociate_kms_key(logGroupName="g")
    assert "kmsKeyId" not in logs.describe_log_groups()["logGroups"][0]
    logs.delete_log_group(logGroupName="g")
    with refused("ResourceNotFoundException"):
        logs.list_tags_for_resource(resourceArn=f"arn:aws:logs:us-east-1:{aws.account}:log-group:g")


def test_tags_by_the_names_of_aws(aws: Aws) -> None:
    tags = [{"Key": "k", "Value": "v"}]
    vpc = aws.vpc()
    aws.ec2.allocate_address(Domain="vpc", TagSpecifications=[{"ResourceType": "elastic-ip", "Tags": tags}])
    specification = [{"ResourceType": "natgateway", "Tags": tags}]
    aws.ec2.create_nat_gateway(
        SubnetId=aws.subnet(vpc), ConnectivityType="private", TagSpecifications=specification
    )
    for kind in ("elastic-ip", "natgateway"):
        found = aws.ec2.describe_tags(Filters=[{"Name": "resource-type", "Values": [kind]}])["Tags"]
        assert [(tag["ResourceType"], tag["Value"]) for tag in found] == [(kind, "v")]


def test_dhcp_options_are_kept_whole(aws: Aws) -> None:
    servers = [f"10.0.0.{last}" for last in range(1, 5)] + [f"2001:db8::{last}" for last in range(1, 5)]
    wanted = {"ntp-servers": servers, "ipv6-address-preferred-lease-time": ["300"]}
    options = [{"Key": key, "Values": values} for key, values in wanted.items()]
    tags = [{"ResourceType": "dhcp-options", "Tags": [{"Key": "k", "Value": "v"}]}]
    aws.ec2.create_dhcp_options(DhcpConfigurations=options, TagSpecifications=tags)
    (shown,) = aws.ec2.describe_dhcp_options()["DhcpOptions"]
    values = {one["Key"]: [value["Value"] for value in one["Values"]] for one in shown["DhcpConfigurations"]}
    assert values == wanted
    assert shown["Tags"] == [{"Key": "k", "Value": "v"}]


def test_dhcp_options_outlive_their_vpcs_and_stay_while_one_uses_them(aws: Aws) -> None:
    options = [{"Key": "domain-name", "Values": ["example.com"]}]
    made = aws.ec2.create_dhcp_options(DhcpConfigurations=options)["DhcpOptions"]["DhcpOptionsId"]
    first, second = aws.vpc(), aws.vpc()
    for vpc in (first, second):
        aws.ec2.associate_dhcp_options(DhcpOptionsId=made, VpcId=vpc)
    aws.ec2.delete_vpc(VpcId=second)
    with refused("DependencyViolation"):
        aws.ec2.delete_dhcp_options(DhcpOptionsId=made)
    aws.ec2.delete_vpc(VpcId=first)
    aws.ec2.delete_dhcp_options(DhcpOptionsId=made)
    assert aws.get("inventory") == {}


def test_scanning_that_is_turned_off(aws: Aws) -> None:
    ecr = aws.client("ecr")
    ecr.create_repository(repositoryName="web", imageScanningConfiguration={"scanOnPush": True})
    answer = ecr.put_image_scanning_configuration(repositoryName="web", imageScanningConfiguration={})
    assert answer["imageScanningConfiguration"] == {"scanOnPush": False}
    (shown,) = ecr.describe_repositories()["repositories"]
    assert shown["imageScanningConfiguration"] == {"scanOnPush": False}
