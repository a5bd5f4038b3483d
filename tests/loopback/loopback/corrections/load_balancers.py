"""Load balancers in moto become active on their first describe; here the transitions decide."""

from __future__ import annotations

from moto.elbv2.models import FakeLoadBalancer


def apply() -> None:
    """Leave the state alone."""
    FakeLoadBalancer.activate = lambda _self: None
