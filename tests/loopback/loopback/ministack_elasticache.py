"""Amazon ElastiCache in ministack's process: what it gets wrong put right, and what the router asks of it.

Every correction wraps the handler of one operation, so that ministack's own state stays the only one. What it
forgets of a replication group is kept in the group itself, and shown beside what ministack shows.
"""

from __future__ import annotations

from typing import Any, Callable, Iterator

from ministack.core.responses import request_scope
from ministack.services import elasticache as cache

from . import ministack_replication as replication

Params = dict[str, Any]
Handler = Callable[[Params], Any]


def install() -> None:
    """Wrap ministack's handlers, which it looks up by their names for each call."""
    for name, wrap in {**_WRAPPED, **replication.WRAPPED}.items():
        setattr(cache, name, wrap(getattr(cache, name)))
    cache.handle_request = _with_more(cache.handle_request)


def inventory(account_id: str) -> dict[str, list[dict[str, Any]]]:
    """What somebody made, without the parameter groups that AWS has by itself."""
    found: dict[str, list[dict[str, Any]]] = {}
    for kind, things in (
        ("cache_replication_group", cache._replication_groups),
        ("cache_subnet_group", cache._subnet_groups),
        ("cache_parameter_group", cache._param_groups),
        ("cache_snapshot", cache._snapshots),
    ):
        for region, name, thing in _of(things, account_id):
            if not cache._is_default_param_group(name):
                with request_scope(account_id, region):
                    tags = {tag["Key"]: tag["Value"] for tag in cache._tags.get(thing["ARN"], [])}
                found.setdefault(kind, []).append({"id": name, "region": region, "tags": tags})
    return found


def _of(scoped: Any, account_id: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for (account, region, name), thing in list(scoped.all_items()):
        if account == account_id:
            yield region, name, thing


def _with_more(original: Any) -> Any:
    """The operation that ministack lacks."""

    async def handle(method: str, path: str, headers: Any, body: bytes, query: Params) -> Any:
        params = {**query, **cache.parse_qs(body.decode("utf-8", errors="replace"))}
        if cache._p(params, "Action") == "ModifyReplicationGroupShardConfiguration":
            return replication.reshard(params)
        return await original(method, path, headers, body, query)

    return handle


def _reset_parameters(original: Handler) -> Handler:
    def handle(p: Params) -> Any:
        """What ministack has no default for goes."""
        group = cache._p(p, "CacheParameterGroupName")
        answer = original(p)
        if answer[0] < 300:
            defaults = cache._default_params_for_family(cache._param_groups[group]["CacheParameterGroupFamily"])
            for name in _numbered(p, "ParameterNameValues.ParameterNameValue", "ParameterName"):
                if name not in defaults:
                    cache._param_group_params[group].pop(name, None)
        return answer

    return handle


def _numbered(p: Params, container: str, member: str) -> list[str]:
    values = []
    while value := cache._p(p, f"{container}.{len(values) + 1}.{member}"):
        values.append(value)
    return values


def _delete_parameter_group(original: Handler) -> Handler:
    def handle(p: Params) -> Any:
        """One that a cache has stays."""
        group = cache._p(p, "CacheParameterGroupName")
        caches = [*cache._replication_groups.values(), *cache._clusters.values()]
        if any(_parameters_of(one) == group for one in caches):
            message = "One or more cache clusters are still members of this parameter group."
            return cache._error("InvalidCacheParameterGroupState", message, 400)
        return original(p)

    return handle


def _parameters_of(one: dict[str, Any]) -> str:
    return one.get("CacheParameterGroupName") or one.get("CacheParameterGroup", {}).get("CacheParameterGroupName", "")


def _modify_subnet_group(original: Handler) -> Handler:
    def handle(p: Params) -> Any:
        """A cache doesn't move from one VPC to another."""
        group = cache._subnet_groups.get(cache._p(p, "CacheSubnetGroupName"))
        wanted = cache._resolve_subnets(p) if group else None
        used = group and any(
            one.get("CacheSubnetGroupName") == group["CacheSubnetGroupName"]
            for one in cache._replication_groups.values()
        )
        if used and wanted and wanted[1] != group["VpcId"]:
            return cache._error("SubnetInUse", "The requested subnet is being used by another cache cluster.", 400)
        return original(p)

    return handle


_WRAPPED = {
    "_reset_cache_parameter_group": _reset_parameters,
    "_delete_param_group": _delete_parameter_group,
    "_modify_subnet_group": _modify_subnet_group,
}
