"""What moto gets wrong, put right in moto itself, one module a theme.

Each module says what AWS does instead. They are written against the moto that
`tools/python/requirements.txt` pins, and the tests beside them fail when a new
moto moves what they patch.
"""

from __future__ import annotations

from . import (
    addresses,
    autoscaling,
    balancing_tags,
    catalogues,
    certificates,
    dhcp_options,
    flow_logs,
    hosted_zones,
    images,
    listeners,
    load_balancers,
    log_groups,
    nat_gateways,
    record_sets,
    repositories,
    security_group_rules,
    security_groups,
    tag_names,
    target_groups,
    vpc_endpoints,
)

THEMES = (
    addresses,
    autoscaling,
    balancing_tags,
    catalogues,
    certificates,
    dhcp_options,
    flow_logs,
    hosted_zones,
    images,
    listeners,
    load_balancers,
    log_groups,
    nat_gateways,
    record_sets,
    repositories,
    security_group_rules,
    security_groups,
    tag_names,
    target_groups,
    vpc_endpoints,
)


def apply() -> None:
    """Put all corrections in place, once, before the first request."""
    for theme in THEMES:
        theme.apply()
