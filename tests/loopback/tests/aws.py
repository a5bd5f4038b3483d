"""What the tests share: the server as a process, an account as a test sees it, and a small network."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.request
from functools import lru_cache
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

ROOT = Path(__file__).resolve().parent.parent
_SESSION = botocore.session.get_session()
_SESSION.set_credentials("set before each call", "secret")


class Server:
    """The server as a child process, which ends when `stop` closes its stdin."""

    def __init__(self, log: Path) -> None:
        command = [sys.executable, "-m", "loopback", "serve", "--until-stdin-closes", "--log", str(log)]
        self.process = subprocess.Popen(
            command, env={"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.ready = json.loads(self.process.stdout.readline())
        self.endpoint = self.ready["endpoint"]

    def stop(self) -> int:
        """Close stdin and give the exit code."""
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(timeout=30)

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()


@lru_cache(maxsize=None)
def _client(service: str, region: str, endpoint: str) -> Any:
    """Clients are slow to make, so all accounts share them."""
    config = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
    return _SESSION.create_client(service, region_name=region, endpoint_url=endpoint, config=config)


class _Keyed:
    """A shared client that signs with one access key."""

    def __init__(self, client: Any, key: str) -> None:
        self._client, self._key = client, key

    def __getattr__(self, operation: str) -> Any:
        def call(**params: Any) -> Any:
            _SESSION.get_credentials().access_key = self._key
            return getattr(self._client, operation)(**params)

        return call


class Aws:
    """One account: AWS clients without client-side checks or retries, and the control API."""

    def __init__(self, endpoint: str, account: str) -> None:
        self.endpoint, self.account = endpoint, account

    def client(self, service: str, region: str = "us-east-1", key: str | None = None) -> Any:
        """A client that sends whatever it is given, once, with an access key of its own."""
        return _Keyed(_client(service, region, self.endpoint), key or self.account)

    @property
    def ec2(self) -> Any:
        """EC2 in the region that most tests use."""
        return self.client("ec2")

    def get(self, path: str) -> Any:
        """A control read."""
        return self._control("GET", path, None)

    def put(self, path: str, body: Any) -> Any:
        """A control write."""
        return self._control("PUT", path, body)

    def post(self, path: str) -> Any:
        """A control action."""
        return self._control("POST", path, None)

    def _control(self, method: str, path: str, body: Any) -> Any:
        url = f"{self.endpoint}/_loopback/accounts/{self.account}/{path}"
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(url, data, method=method), timeout=30) as response:
            return json.load(response)

    def connect(self) -> socket.socket:
        """A bare connection to the endpoint."""
        return socket.create_connection(("127.0.0.1", int(self.endpoint.rpartition(":")[2])), timeout=30)

    def raw(self, body: str) -> bytes:
        """An EC2 request as bytes, for what no SDK would send and for connections that are cut."""
        scope = f"Credential={self.account}/20260101/us-east-1/ec2/aws4_request"
        lines = (
            "POST / HTTP/1.1",
            "Host: loopback",
            "Content-Type: application/x-www-form-urlencoded",
            f"Authorization: AWS4-HMAC-SHA256 {scope}, Signature=x",
            f"Content-Length: {len(body)}",
            "",
            body,
        )
        return "\r\n".join(lines).encode()

    def vpc(self, cidr: str = "10.0.0.0/16") -> str:
        """A VPC."""
        return self.ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]

    def subnet(self, vpc: str, cidr: str = "10.0.0.0/24") -> str:
        """A subnet of a VPC."""
        return self.ec2.create_subnet(VpcId=vpc, CidrBlock=cidr)["Subnet"]["SubnetId"]

    def subnets(self, vpc: str) -> list[str]:
        """Two subnets of a VPC in two zones. Without a zone, one is chosen at random, as AWS may."""
        asked = [{"CidrBlock": f"10.0.{n}.0/24", "AvailabilityZone": f"us-east-1{zone}"} for n, zone in enumerate("ab")]
        return [self.ec2.create_subnet(VpcId=vpc, **one)["Subnet"]["SubnetId"] for one in asked]

    def gateway(self, vpc: str) -> str:
        """An internet gateway that is attached."""
        gateway = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        return gateway

    def address(self) -> str:
        """An elastic address."""
        return self.ec2.allocate_address(Domain="vpc")["AllocationId"]

    def nat(self, subnet: str, address: str, **more: Any) -> str:
        """A public NAT gateway."""
        return self.ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address, **more)["NatGateway"][
            "NatGatewayId"
        ]

    def group(self, vpc: str, name: str = "app") -> str:
        """A security group."""
        return self.ec2.create_security_group(GroupName=name, Description="for tests", VpcId=vpc)["GroupId"]

    def table(self, vpc: str) -> str:
        """A route table."""
        return self.ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]

    def endpoint_in(self, vpc: str, **more: Any) -> str:
        """A gateway endpoint for S3, or whatever `more` makes of it."""
        wanted = {"VpcId": vpc, "ServiceName": "com.amazonaws.us-east-1.s3", **more}
        return self.ec2.create_vpc_endpoint(**wanted)["VpcEndpoint"]["VpcEndpointId"]


class refused:
    """Expect AWS's refusal with this code."""

    def __init__(self, code: str) -> None:
        self._code, self._raises = code, pytest.raises(ClientError)

    def __enter__(self) -> Any:
        self.caught = self._raises.__enter__()
        return self

    def __exit__(self, *error: Any) -> bool:
        suppressed = self._raises.__exit__(*error)
        assert self.caught.value.response["Error"]["Code"] == self._code, self.caught.value
        return bool(suppressed)

    @property
    def status(self) -> int:
        """The HTTP status of the refusal."""
        return self.caught.value.response["ResponseMetadata"]["HTTPStatusCode"]

    @property
    def message(self) -> str:
        """The message of the refusal."""
        return self.caught.value.response["Error"]["Message"]
