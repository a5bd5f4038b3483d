"""Hosted zones, their records, and certificates that wait for them."""

from __future__ import annotations

from typing import Any

import pytest

from aws import Aws, refused

PROOF = "_d930b28be6c5927595552b219965053e.example.com"
PROVES = "_c9edd76ee4a0e2a74388032f3861cc50.ykybfrwcxw.acm-validations.aws."


def zone(aws: Aws, name: str = "example.com", **more: Any) -> str:
    """A zone's id."""
    made = aws.client("route53").create_hosted_zone(Name=name, CallerReference=more.pop("reference", name), **more)
    return made["HostedZone"]["Id"].rpartition("/")[2]


def change(aws: Aws, zone_id: str, action: str, name: str, kind: str = "A", *values: str, **more: Any) -> Any:
    """One change of a record."""
    record = {"Name": name, "Type": kind, "TTL": 60, "ResourceRecords": [{"Value": value} for value in values], **more}
    batch = {"Changes": [{"Action": action, "ResourceRecordSet": record}]}
    return aws.client("route53").change_resource_record_sets(HostedZoneId=zone_id, ChangeBatch=batch)


def records(aws: Aws, zone_id: str, **start: Any) -> list[tuple[str, str]]:
    """What a zone lists, beside its own."""
    found = aws.client("route53").list_resource_record_sets(HostedZoneId=zone_id, **start)["ResourceRecordSets"]
    return [(one["Name"], one["Type"]) for one in found if one["Type"] not in ("NS", "SOA")]


def test_a_zone_with_records_stays(aws: Aws) -> None:
    there = zone(aws)
    change(aws, there, "CREATE", "www.example.com", "A", "192.0.2.1")
    with refused("HostedZoneNotEmpty"):
        aws.client("route53").delete_hosted_zone(Id=there)
    assert sorted(aws.get("inventory")) == ["hosted_zone", "record_set"]
    change(aws, there, "DELETE", "www.example.com", "A", "192.0.2.1")
    aws.client("route53").delete_hosted_zone(Id=there)
    assert aws.get("inventory") == {}


def test_a_record_of_a_zone_below_is_in_the_way_too(aws: Aws) -> None:
    there = zone(aws)
    change(aws, there, "CREATE", "below.example.com", "NS", "ns.example.org")
    with refused("HostedZoneNotEmpty"):
        aws.client("route53").delete_hosted_zone(Id=there)


def test_a_caller_reference_is_taken_once(aws: Aws) -> None:
    there = zone(aws, reference="one")
    with refused("HostedZoneAlreadyExists"):
        zone(aws, reference="one")
    aws.client("route53").delete_hosted_zone(Id=there)
    with refused("HostedZoneAlreadyExists"):
        zone(aws, reference="one")


def test_tags_end_with_their_zone(aws: Aws) -> None:
    route53, there = aws.client("route53"), zone(aws)
    route53.change_tags_for_resource(
        ResourceType="hostedzone", ResourceId=there, AddTags=[{"Key": "a", "Value": "b"}]
    )
    assert aws.get("inventory")["hosted_zone"][0]["tags"] == {"a": "b"}
    route53.delete_hosted_zone(Id=there)
    with refused("NoSuchHostedZone"):
        route53.list_tags_for_resource(ResourceType="hostedzone", ResourceId=there)


def test_a_private_zone_is_for_vpcs_that_are_there(aws: Aws) -> None:
    private = {"HostedZoneConfig": {"PrivateZone": True}}
    with refused("InvalidVPCId"):
        zone(aws, VPC={"VPCId": "vpc-0a1b2c3d4e5f60718", "VPCRegion": "us-east-1"}, **private)
    vpcs = [aws.ec2.create_vpc(CidrBlock=f"10.{n}.0.0/16")["Vpc"]["VpcId"] for n in range(2)]
    one, two = ({"VPCId": vpc, "VPCRegion": "us-east-1"} for vpc in vpcs)
    there, route53 = zone(aws, VPC=one, **private), aws.client("route53")
    with refused("ConflictingDomainExists"):
        zone(aws, reference="another", VPC=one, **private)
    with refused("VPCAssociationNotFound"):
        route53.disassociate_vpc_from_hosted_zone(HostedZoneId=there, VPC=two)
    route53.associate_vpc_with_hosted_zone(HostedZoneId=there, VPC=two)
    with refused("ConflictingDomainExists"):
        route53.associate_vpc_with_hosted_zone(HostedZoneId=there, VPC=two)


def test_queries_are_logged_by_zone(aws: Aws) -> None:
    route53, logs = aws.client("route53"), aws.client("logs")
    logs.create_log_group(logGroupName="/dns")
    arn = f"arn:aws:logs:us-east-1:{aws.account}:log-group:/dns"
    one, two = zone(aws), zone(aws, "example.org")
    made = route53.create_query_logging_config(HostedZoneId=one, CloudWatchLogsLogGroupArn=arn)["QueryLoggingConfig"]
    assert made["CloudWatchLogsLogGroupArn"] == arn
    logged = [route53.list_query_logging_configs(HostedZoneId=each)["QueryLoggingConfigs"] for each in (one, two)]
    assert logged == [[made], []]


def test_accelerated_recovery_is_kept(aws: Aws) -> None:
    route53, there = aws.client("route53"), zone(aws)
    route53.update_hosted_zone_features(HostedZoneId=there, EnableAcceleratedRecovery=True)
    features = route53.get_hosted_zone(Id=there)["HostedZone"]["Features"]
    assert features["AcceleratedRecoveryStatus"] == "ENABLED"


def test_names_are_written_as_route_53_writes_them(aws: Aws) -> None:
    there = zone(aws)
    for name in ("WWW.Example.com", "*.example.com.", "a/b.example.com"):
        change(aws, there, "CREATE", name, "A", "192.0.2.1")
    names = {name for name, _ in records(aws, there)}
    assert names == {"www.example.com.", "\\052.example.com.", "a\\057b.example.com."}
    assert records(aws, there, StartRecordName="*.example.com", StartRecordType="A", MaxItems="1") == [
        ("\\052.example.com.", "A")
    ]


@pytest.mark.parametrize(
    ("action", "name", "kind", "values", "says"),
    [
        ("CREATE", "www.example.com", "A", ["192.0.2.1"], "but it already exists"),
        ("CREATE", "www.example.com", "CNAME", ["example.org"], "conflicting RRSet"),
        ("CREATE", "alias.example.com", "A", ["192.0.2.1"], "conflicting RRSet"),
        ("CREATE", "example.com", "CNAME", ["example.org"], "not permitted at apex"),
        ("CREATE", "www.example.org", "A", ["192.0.2.1"], "not permitted in zone"),
        ("CREATE", "other.example.com", "A", ["2001:db8::1"], "not a valid IPv4 address"),
        ("CREATE", "other.example.com", "TXT", ["open"], "quotation marks"),
        ("DELETE", "other.example.com", "A", ["192.0.2.1"], "but it was not found"),
        ("DELETE", "www.example.com", "A", ["192.0.2.9"], "do not match the current values"),
    ],
)
def test_changes_that_route_53_refuses(
    aws: Aws, action: str, name: str, kind: str, values: list[str], says: str
) -> None:
    there = zone(aws)
    change(aws, there, "CREATE", "www.example.com", "A", "192.0.2.1")
    change(aws, there, "CREATE", "alias.example.com", "CNAME", "example.org")
    before = records(aws, there)
    with refused("InvalidChangeBatch") as refusal:
        change(aws, there, action, name, kind, *values)
    assert says in refusal.message
    assert records(aws, there) == before


def test_record_sets_with_and_without_a_policy_dont_stand_together(aws: Aws) -> None:
    there = zone(aws)
    weighted = {"SetIdentifier": "one", "Weight": 1}
    change(aws, there, "CREATE", "www.example.com", "A", "192.0.2.1", **weighted)
    with refused("InvalidChangeBatch") as refusal:
        change(aws, there, "CREATE", "www.example.com", "A", "192.0.2.1")
    assert "conflicting RRSet" in refusal.message
    change(aws, there, "CREATE", "www.example.com", "A", "192.0.2.1", SetIdentifier="two", Weight=2)
    found = records(aws, there, StartRecordName="www.example.com", StartRecordType="A", StartRecordIdentifier="two")
    assert len(found) == 1


def test_a_batch_is_taken_as_a_whole(aws: Aws) -> None:
    there, route53 = zone(aws), aws.client("route53")
    record = {"Name": "a.example.com", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
    other = {**record, "Name": "b.example.com"}
    batch = [{"Action": "CREATE", "ResourceRecordSet": record}, {"Action": "DELETE", "ResourceRecordSet": other}]
    with refused("InvalidChangeBatch"):
        route53.change_resource_record_sets(HostedZoneId=there, ChangeBatch={"Changes": batch})
    assert records(aws, there) == []


def test_every_word_of_a_record_is_kept(aws: Aws) -> None:
    there, place = zone(aws), {"AWSRegion": "eu-west-1", "Bias": 10}
    change(
        aws, there, "CREATE", "a.example.com", "A", "192.0.2.1", SetIdentifier="one", GeoProximityLocation=place
    )
    blocks = {"CollectionId": "0a1b2c3d-0000-4000-8000-000000000001", "LocationName": "one"}
    change(aws, there, "CREATE", "b.example.com", "A", "192.0.2.1", SetIdentifier="one", CidrRoutingConfig=blocks)
    found = aws.client("route53").list_resource_record_sets(HostedZoneId=there)["ResourceRecordSets"]
    words = {one["Name"]: one for one in found}
    assert words["a.example.com."]["GeoProximityLocation"] == place
    assert words["b.example.com."]["CidrRoutingConfig"] == blocks


def certificate(aws: Aws, name: str = "example.com", **more: Any) -> str:
    """A certificate's ARN."""
    more.setdefault("ValidationMethod", "DNS")
    return aws.client("acm").request_certificate(DomainName=name, **more)["CertificateArn"]


def described(aws: Aws, arn: str) -> dict[str, Any]:
    """What ACM tells of a certificate."""
    return aws.client("acm").describe_certificate(CertificateArn=arn)["Certificate"]


def test_a_certificate_is_issued_once_its_record_stands(aws: Aws) -> None:
    arn = certificate(aws, SubjectAlternativeNames=["*.example.com"])
    options = described(aws, arn)["DomainValidationOptions"]
    assert {option["ResourceRecord"]["Name"] for option in options} == {f"{PROOF}."}
    assert described(aws, arn)["Status"] == "PENDING_VALIDATION"
    change(aws, zone(aws), "CREATE", PROOF, "CNAME", PROVES)
    issued = described(aws, arn)
    assert issued["Status"] == "ISSUED"
    assert {option["ValidationStatus"] for option in issued["DomainValidationOptions"]} == {"SUCCESS"}


def test_a_record_of_another_value_or_in_a_private_zone_proves_nothing(aws: Aws) -> None:
    arn = certificate(aws)
    change(aws, zone(aws), "CREATE", PROOF, "CNAME", "example.org")
    vpc = aws.ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    private = {"HostedZoneConfig": {"PrivateZone": True}, "VPC": {"VPCId": vpc, "VPCRegion": "us-east-1"}}
    change(aws, zone(aws, reference="private", **private), "CREATE", PROOF, "CNAME", PROVES)
    assert described(aws, arn)["Status"] == "PENDING_VALIDATION"


def test_a_mail_is_never_answered(aws: Aws) -> None:
    arn = certificate(aws, ValidationMethod="EMAIL")
    change(aws, zone(aws), "CREATE", PROOF, "CNAME", PROVES)
    option = described(aws, arn)["DomainValidationOptions"][0]
    assert (option["ValidationMethod"], "ResourceRecord" in option) == ("EMAIL", False)
    assert described(aws, arn)["Status"] == "PENDING_VALIDATION"
    aws.client("acm").update_certificate_options(CertificateArn=arn, Options={"ValidationMethod": "DNS"})
    assert described(aws, arn)["Status"] == "ISSUED"


def test_the_records_are_told_a_moment_later(aws: Aws) -> None:
    aws.put("transitions", {"polls": 1})
    arn = certificate(aws)
    told = ["ResourceRecord" in described(aws, arn)["DomainValidationOptions"][0] for _ in range(2)]
    assert told == [False, True]


def test_a_certificate_may_fail(aws: Aws) -> None:
    aws.put("failures", [{"kind": "certificate", "code": "CAA_ERROR", "message": ""}])
    failed = described(aws, certificate(aws))
    assert (failed["Status"], failed["FailureReason"]) == ("FAILED", "CAA_ERROR")


def test_a_certificate_in_use_stays(aws: Aws) -> None:
    elb, acm, arn = aws.client("elbv2"), aws.client("acm"), certificate(aws)
    balancer = elb.create_load_balancer(Name="edge", Subnets=aws.subnets(aws.vpc()))["LoadBalancers"][0]["LoadBalancerArn"]
    listener = elb.create_listener(
        LoadBalancerArn=balancer,
        Protocol="HTTPS",
        Port=443,
        Certificates=[{"CertificateArn": arn}],
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
    )["Listeners"][0]["ListenerArn"]
    assert described(aws, arn)["InUseBy"] == [balancer]
    with refused("ResourceInUseException"):
        acm.delete_certificate(CertificateArn=arn)
    elb.delete_listener(ListenerArn=listener)
    assert described(aws, arn)["InUseBy"] == []
    acm.delete_certificate(CertificateArn=arn)


def test_certificates_are_listed_by_their_keys(aws: Aws) -> None:
    acm = aws.client("acm")
    plain, curve = certificate(aws), certificate(aws, KeyAlgorithm="EC_prime256v1")
    assert described(aws, curve)["KeyAlgorithm"] == "EC_prime256v1"
    unasked = acm.list_certificates()["CertificateSummaryList"]
    asked = acm.list_certificates(Includes={"keyTypes": ["EC_prime256v1"]})["CertificateSummaryList"]
    assert [one["CertificateArn"] for one in unasked] == [plain]
    assert [one["CertificateArn"] for one in asked] == [curve]
    assert len(aws.get("inventory")["certificate"]) == 2


def test_a_request_is_known_by_its_token_as_long_as_its_certificate_is_there(aws: Aws) -> None:
    first, again = (certificate(aws, IdempotencyToken="one") for _ in range(2))
    assert first == again
    aws.client("acm").delete_certificate(CertificateArn=first)
    assert certificate(aws, IdempotencyToken="one") != first
