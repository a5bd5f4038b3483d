"""What DescribeTags calls things in moto.

AWS has names of its own for some ("DescribeTags", Amazon EC2 API Reference, the
filter `resource-type`); moto shows its own and finds nothing by AWS's.
"""

from __future__ import annotations

from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE

_NAMES = {
    "eipalloc": "elastic-ip",
    "fl": "vpc-flow-log",
    "h": "dedicated-host",
    "nat": "natgateway",
    "pl": "prefix-list",
    "sir": "spot-instances-request",
}


def apply() -> None:
    """AWS's names by the prefix of a thing's id."""
    EC2_PREFIX_TO_RESOURCE.update(_NAMES)
