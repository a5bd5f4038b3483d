"""DHCP options sets in moto know five options of six, forget their tags, and go with their VPC.

AWS: `ipv6-address-preferred-lease-time` is an option too; a create tags what it makes; there are up to eight
DNS and NTP servers; a set outlives the VPCs that used it.
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.vpcs import VPCBackend
from moto.ec2.responses.dhcp_options import DHCPOptions

_delete_vpc = VPCBackend.delete_vpc


def apply() -> None:
    """Keep every option and the tags; let go of the set before its VPC goes."""
    DHCPOptions.create_dhcp_options = _create_whole
    VPCBackend.delete_vpc = _delete_vpc_alone


def _create_whole(self: Any) -> ActionResult:
    options = self.ec2_backend.create_dhcp_options()
    options._options = {option["Key"]: option["Values"] for option in self._get_param("DhcpConfigurations", [])}
    for specification in self._get_param("TagSpecifications", []):
        options.add_tags({tag["Key"]: tag.get("Value", "") for tag in specification.get("Tags") or []})
    return ActionResult({"DhcpOptions": options})


def _delete_vpc_alone(self: Any, vpc_id: str) -> Any:
    self.disassociate_dhcp_options(self.get_vpc(vpc_id))
    return _delete_vpc(self, vpc_id)
