"""Free elastic addresses in moto have an instance and an interface with empty ids; in AWS they have none."""

from __future__ import annotations

from moto.ec2.models.elastic_ip_addresses import ElasticAddress


def apply() -> None:
    """No id rather than an empty one."""
    ElasticAddress.instance_id = property(lambda self: self.instance.id if self.instance else None)
    ElasticAddress.network_interface_id = property(lambda self: self.eni.id if self.eni else None)
