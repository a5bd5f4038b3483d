"""Which emulator does which service best: one line each, from measurements of both."""

from __future__ import annotations

# By credential scope. Everything else is moto's.
MINISTACK = frozenset(
    {
        "appsync",
        "backup",
        "budgets",
        "cloudcontrolapi",
        "cloudfront",
        "dynamodb",
        "ecs",
        "elasticache",
        "events",
        "iot",
        "lambda",
        "monitoring",
        "s3",
        "s3express",
        "scheduler",
        "sns",
        "sqs",
        "states",
        "wafv2",
    }
)


def is_ministack(service: str) -> bool:
    """Whether ministack answers for this service."""
    return service in MINISTACK
