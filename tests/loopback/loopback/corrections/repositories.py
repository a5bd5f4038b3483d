"""Repositories in moto ignore an empty scanning configuration, which is how SDKs send that nothing is scanned."""

from __future__ import annotations

from typing import Any

from moto.ecr.models import Repository


def apply() -> None:
    """Take what isn't said for false, as AWS does."""
    Repository._update_image_scanning_configuration = _scan


def _scan(self: Any, image_scanning_configuration: dict[str, bool] | None) -> None:
    on_push = bool((image_scanning_configuration or {}).get("scanOnPush"))
    self.image_scanning_configuration = {"scanOnPush": on_push}
