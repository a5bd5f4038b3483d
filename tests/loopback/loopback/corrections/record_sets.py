"""Record sets in moto are found by what was once asked for, lose some of their words, and stand where they can't.

Route 53 writes names in small letters, with a dot at the end, and with escapes for what isn't plain. A batch of
changes is refused for each of its reasons, in brackets.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.moto_api._internal import mock_random
from moto.route53.models import FakeZone, RecordSet, Route53Backend
from moto.route53.responses import Route53

_init = RecordSet.__init__
_PLAIN = re.compile(r"[a-z0-9\-_]")
_ADDRESSES = {"A": (ipaddress.IPv4Address, "IPv4"), "AAAA": (ipaddress.IPv6Address, "IPv6")}


def apply() -> None:
    """Decide by what stands in the zone, and keep what was given."""
    RecordSet.__init__ = _init_with_all
    FakeZone.get_record_sets = _records_from
    Route53Backend.change_resource_record_sets = _change
    Route53.change_resource_record_sets = _answer_change
    Route53.list_resource_record_sets = _list


class _Refused(ServiceException):
    def __init__(self, reasons: list[str]) -> None:
        super().__init__("InvalidChangeBatch", f"[{', '.join(reasons)}]")


def name_of(given: str) -> str:
    """A name as Route 53 writes it."""
    plain = re.sub(r"\\([0-7]{3})", lambda found: "\0" + chr(int(found[1], 8)), given.rstrip("."))
    written, escaped = [], False
    for sign in plain:
        if sign == "\0":
            escaped = True
            continue
        keep = _PLAIN.fullmatch(sign.lower()) or (sign == "." and not escaped)
        written.append(sign.lower() if keep else f"\\{ord(sign):03o}")
        escaped = False
    return "".join(written) + "."


def own_records(zone: Any) -> list[Any]:
    """The records beside those that Route 53 makes with the zone."""
    return [one for one in zone.rrsets if one.type not in ("NS", "SOA") or one.name != zone.name]


def _init_with_all(self: Any, given: dict[str, Any]) -> None:
    _init(self, given)
    self.name = name_of(self.name)
    self.cidr_routing_config = given.get("CidrRoutingConfig")
    self.geo_proximity_location = given.get("GeoProximityLocation")
    self.records = [one["Value"] if isinstance(one, dict) else one for one in self.records or []]
    target = self.alias_target
    self.alias_target = {**target, "DNSName": name_of(target["DNSName"])} if target else None


def _place(record: Any) -> tuple[str, str, str]:
    return record.name, record.type, record.set_identifier or ""


def _order(record: Any) -> tuple[str, str, str]:
    return ".".join(reversed(record.name.rstrip(".").split("."))), record.type, record.set_identifier or ""


def _said(record: Any) -> Any:
    words = {name: value for name, value in vars(record).items() if name not in ("records", "ttl") and value}
    return words, sorted(record.records), str(record.ttl)


def _records_from(self: Any, start_type: str, start_name: str, start_identifier: str = "") -> list[Any]:
    records = sorted(self.rrsets, key=_order)
    if not start_name:
        return records
    begin = ".".join(reversed(name_of(start_name).rstrip(".").split(".")))
    return [record for record in records if _order(record) >= (begin, start_type or "", start_identifier or "")]


def _list(self: Any) -> ActionResult:
    zone = self.backend.get_hosted_zone(self._get_param("HostedZoneId"))
    start = [self._get_param(f"StartRecord{part}") for part in ("Type", "Name", "Identifier")]
    records, most = zone.get_record_sets(*start), self._get_int_param("MaxItems", 300)
    following = records[most] if len(records) > most else None
    return ActionResult(
        {
            "ResourceRecordSets": records[:most],
            "IsTruncated": following is not None,
            "NextRecordName": following and following.name,
            "NextRecordType": following and following.type,
            "NextRecordIdentifier": following and following.set_identifier,
            "MaxItems": most,
        }
    )


def _change(self: Any, zoneid: str, change_list: list[dict[str, Any]]) -> None:
    """All of a batch, or nothing."""
    zone = self.get_hosted_zone(zoneid)
    records, reasons = list(zone.rrsets), []
    for one in change_list:
        record = RecordSet(one["ResourceRecordSet"])
        reason = _wrong(zone, record) or _apply(records, one["Action"], record)
        reasons += [reason] if reason else []
    if reasons:
        raise _Refused(reasons)
    zone.rrsets = records


def _wrong(zone: Any, record: Any) -> str | None:
    """Why a record can't be in that zone, whatever else is there."""
    if record.name != zone.name and not record.name.endswith(f".{zone.name}"):
        return f"RRSet with DNS name {record.name} is not permitted in zone {zone.name}"
    if record.type == "CNAME" and record.name == zone.name:
        return f"RRSet of type CNAME with DNS name {record.name} is not permitted at apex in zone {zone.name}"
    for value in record.records:
        problem = _wrong_value(record.type, value)
        if problem:
            return f"Invalid Resource Record: 'FATAL problem: {problem} encountered with '{value}''"
    return None


def _wrong_value(kind: str, value: str) -> str | None:
    if kind in _ADDRESSES:
        parse, name = _ADDRESSES[kind]
        try:
            parse(value)
        except ValueError:
            return f"ARRDATAIllegal{name}Address (Value is not a valid {name} address)"
    if kind in ("TXT", "SPF") and not re.fullmatch(r'\s*"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*\s*', value):
        return "InvalidCharacterString (Value should be enclosed in quotation marks)"
    return None


def _apply(records: list[Any], action: str, record: Any) -> str | None:
    """Change the list, or say why that can't be."""
    there = next((one for one in records if _place(one) == _place(record)), None)
    named = f"name='{record.name}', type='{record.type}'"
    named += f", set-identifier='{record.set_identifier}'" if record.set_identifier else ""
    if action == "DELETE":
        if there is None:
            return f"Tried to delete resource record set [{named}] but it was not found"
        if _said(there) != _said(record):
            told = "but the values provided do not match the current values"
            return f"Tried to delete resource record set [{named}] {told}"
        records.remove(there)
        return None
    if action == "CREATE" and there is not None:
        return f"Tried to create resource record set [{named}] but it already exists"
    if there is not None:
        records[records.index(there)] = record
        return None
    reason = next(filter(None, (_conflict(one, record) for one in records if one.name == record.name)), None)
    records += [] if reason else [record]
    return reason


def _conflict(there: Any, record: Any) -> str | None:
    if there.type != record.type and "CNAME" in (there.type, record.type):
        return (
            f"RRSet of type {record.type} with DNS name {record.name} is not permitted because a conflicting RRSet of "
            f"type {there.type} with the same DNS name already exists in zone"
        )
    if there.type == record.type and bool(there.set_identifier) != bool(record.set_identifier):
        return (
            f"RRSet with DNS name {record.name}, type {record.type}, SetIdentifier {record.set_identifier or 'null'} "
            "cannot be created because a conflicting RRSet without or with a routing policy already exists"
        )
    return None


def _answer_change(self: Any) -> ActionResult:
    """Each change has an id of its own."""
    self.backend.change_resource_record_sets(self._get_param("HostedZoneId"), self._get_param("ChangeBatch.Changes"))
    change = f"/change/C{mock_random.get_random_hex(13).upper()}"
    return ActionResult({"ChangeInfo": {"Id": change, "Status": "INSYNC", "SubmittedAt": utcnow()}})
