"""What the tests share: the server as a process, an account as a test sees it, and a small network."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

ROOT = Path(__file__).resolve().parent.parent
_SESSION = boto3.Session()


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


class Aws:
    """One account: AWS clients without client-side checks or retries, and the control API."""

    def __init__(self, server: Server, account: str) -> None:
        self.endpoint, self.account = server.endpoint, account

    def client(self, service: str, region: str = "us-east-1", key: str | None = None) -> Any:
        """A boto3 client that sends whatever it is given, once."""
        config = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
        return _SESSION.client(
            service, region_name=region, endpoint_url=self.endpoint, config=config,
            aws_access_key_id=key or self.account, aws_secret_access_key="secret",
        )

    @property
    def ec2(self) -> Any:
        """EC2 in the region that most tests use."""
        if "_ec2" not in self.__dict__:
            self._ec2 = self.client("ec2")
        return self._ec2

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

    def operations(self) -> list[str]:
        """The operations asked for so far."""
        return [entry["operation"] for entry in self.get("requests")]

    def vpc(self, cidr: str = "10.0.0.0/16") -> str:
        """A VPC."""
        return self.ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]

    def subnet(self, vpc: str, cidr: str = "10.0.0.0/24") -> str:
        """A subnet of a VPC."""
        return self.ec2.create_subnet(VpcId=vpc, CidrBlock=cidr)["Subnet"]["SubnetId"]

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
        return self.ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address, **more)["NatGateway"]["NatGatewayId"]

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
