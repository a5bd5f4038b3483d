"""Certificates in moto are issued by the clock, forget their key and validation, and never end being in use.

ACM tells the validation records a moment after the request, and issues a certificate once they stand in public
zones: here in hosted zones of the same account. Mails are never answered here, so what waits for one stays so.
"""

from __future__ import annotations

from typing import Any

from moto.acm.exceptions import AWSValidationException
from moto.acm.models import AWSCertificateManagerBackend, CertBundle
from moto.acm.responses import AWSCertificateManagerResponse
from moto.core.responses import ActionResult, EmptyResult

from .. import moto_state
from .record_sets import name_of

_describe, _list = CertBundle.describe, AWSCertificateManagerBackend.list_certificates
_request, _delete = AWSCertificateManagerResponse.request_certificate, AWSCertificateManagerBackend.delete_certificate
_LISTED_UNASKED = ["RSA_1024", "RSA_2048"]


def apply() -> None:
    """Keep what was given; issue by records; say who uses a certificate now."""
    CertBundle.records, CertBundle.failure = "assigned", None
    CertBundle.key_algorithm = CertBundle.validation_method = CertBundle.place = None
    CertBundle.check = _check
    CertBundle.describe = _describe_all
    AWSCertificateManagerBackend.list_certificates = _list_by_key
    AWSCertificateManagerBackend.delete_certificate = _delete_with_token
    AWSCertificateManagerResponse.request_certificate = _request_with_all
    AWSCertificateManagerResponse.update_certificate_options = _update_options


def fail(_backend: Any, certificate: Any, failure: dict[str, str]) -> None:
    """The request comes to nothing."""
    certificate.records, certificate.status, certificate.failure = "assigned", "FAILED", failure["code"]


def in_use_by(certificate: Any) -> list[str]:
    """The load balancers of its Region whose listeners have it."""
    if certificate.place is None:
        return []
    users: list[str] = []
    for region, elb in moto_state.used_backends("elbv2", certificate.place[0]):
        for balancer in elb.load_balancers.values() if region == certificate.place[1] else ():
            listeners = balancer.listeners.values()
            if any(certificate.arn in _certificates_of(listener) for listener in listeners):
                users.append(balancer.arn)
    return users


def _certificates_of(listener: Any) -> list[str]:
    given = [listener.certificate, *(listener.certificates or [])]
    return [one.get("certificate_arn") or one.get("CertificateArn") if isinstance(one, dict) else one for one in given]


def _request_with_all(self: Any) -> ActionResult:
    answer = _request(self)
    certificate = self.acm_backend._certificates[answer.result["CertificateArn"]]
    if certificate.place is None:
        certificate.place = (self.current_account, self.region)
        certificate.key_algorithm = self._get_param("KeyAlgorithm") or "RSA_2048"
        certificate.validation_method = self._get_param("ValidationMethod") or "EMAIL"
    return answer


def _update_options(self: Any) -> EmptyResult:
    certificate = self.acm_backend.get_certificate(self._get_param("CertificateArn"))
    method = (self._get_param("Options") or {}).get("ValidationMethod")
    if method == "EMAIL":
        raise AWSValidationException("A certificate's validation method can be changed to DNS only.")
    certificate.validation_method = method or certificate.validation_method
    return EmptyResult()


def _delete_with_token(self: Any, arn: str) -> None:
    _delete(self, arn)
    tokens = self._idempotency_tokens
    self._idempotency_tokens = {token: kept for token, kept in tokens.items() if kept["arn"] != arn}


def _list_by_key(self: Any, statuses: list[str], includes: dict[str, Any]) -> Any:
    """Without a filter, ACM lists certificates with keys of RSA up to 2048 bits alone."""
    return _list(self, statuses, {"keyTypes": _LISTED_UNASKED, **(includes or {})})


def _check(self: Any) -> None:
    if self.type != "AMAZON_ISSUED" or self.status != "PENDING_VALIDATION" or self.records != "assigned":
        return
    options = _describe(self)["Certificate"]["DomainValidationOptions"]
    if self.validation_method == "DNS" and all(_is_seen(self, option["ResourceRecord"]) for option in options):
        self.status = "ISSUED"


def _is_seen(self: Any, wanted: dict[str, str]) -> bool:
    for _, route53 in moto_state.used_backends("route53", self.place[0]):
        for zone in route53.zones.values():
            records = [] if zone.private_zone else zone.rrsets
            if any(_is_it(record, wanted) for record in records):
                return True
    return False


def _is_it(record: Any, wanted: dict[str, str]) -> bool:
    values = [value.rstrip(".").lower() for value in record.records]
    return (record.name, record.type, values) == (
        name_of(wanted["Name"]),
        wanted["Type"],
        [wanted["Value"].rstrip(".").lower()],
    )


def _describe_all(self: Any) -> dict[str, Any]:
    answer = _describe(self)
    told = answer["Certificate"]
    told["InUseBy"] = in_use_by(self)
    if self.key_algorithm:
        told["KeyAlgorithm"] = self.key_algorithm
    if self.failure:
        told["FailureReason"] = self.failure
    if self.status != "ISSUED":
        for late in ("IssuedAt", "NotAfter", "NotBefore", "Serial"):
            told.pop(late, None)
    for option in told.get("DomainValidationOptions", []):
        _describe_option(self, option)
    return answer


def _describe_option(self: Any, option: dict[str, Any]) -> None:
    option["ValidationMethod"] = self.validation_method or "DNS"
    option["ValidationStatus"] = {"ISSUED": "SUCCESS", "FAILED": "FAILED"}.get(self.status, "PENDING_VALIDATION")
    seen = self.place and self.records == "assigned" and _is_seen(self, option["ResourceRecord"])
    if seen and option["ValidationStatus"] == "PENDING_VALIDATION":
        option["ValidationStatus"] = "SUCCESS"
    if self.validation_method == "EMAIL":
        option["ValidationEmails"] = [f"admin@{option['DomainName'].removeprefix('*.')}"]
    if self.validation_method == "EMAIL" or self.records != "assigned":
        del option["ResourceRecord"]
