"""Images in moto are taken whatever they are made of: ECR computes each digest, and refuses what isn't whole.

"Errors" of `UploadLayerPart`, `CompleteLayerUpload` and `PutImage`, Amazon ECR API Reference.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from moto.core.exceptions import ServiceException
from moto.ecr.exceptions import ImageAlreadyExistsException, InvalidLayerPartException
from moto.ecr.models import ECRBackend, LayerUpload

_LEAST_PART = 5 * 1024 * 1024
_part, _complete, _put = ECRBackend.upload_layer_part, ECRBackend.complete_layer_upload, ECRBackend.put_image


def apply() -> None:
    """Look at every byte."""
    LayerUpload.part_sizes = ()
    ECRBackend.upload_layer_part = _upload_part
    ECRBackend.complete_layer_upload = _complete_whole
    ECRBackend.put_image = _put_whole


class _Refused(ServiceException):
    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def _upload_part(
    self: Any, repository_name: str, upload_id: str, first: int, last: int, blob: bytes, registry_id: str | None = None
) -> dict[str, Any]:
    repository = self._get_repository(repository_name, registry_id)
    upload = repository.uploads.get(upload_id)
    if upload is not None and last - first + 1 != len(blob or b""):
        raise InvalidLayerPartException(repository.registry_id, repository_name, upload_id, upload.last_byte_received)
    answer = _part(self, repository_name, upload_id, first, last, blob, registry_id)
    upload.part_sizes = (*upload.part_sizes, len(blob))
    return answer


def _complete_whole(
    self: Any, repository_name: str, upload_id: str, layer_digests: list[str], registry_id: str | None = None
) -> dict[str, Any]:
    repository = self._get_repository(repository_name, registry_id)
    upload = repository.uploads.get(upload_id)
    if upload is not None:
        _refuse_broken(repository, repository_name, upload, layer_digests)
    return _complete(self, repository_name, upload_id, layer_digests, registry_id)


def _refuse_broken(repository: Any, name: str, upload: Any, digests: list[str]) -> None:
    where = f"the repository with name '{name}' in the registry with id '{repository.registry_id}'"
    if not upload.layer_parts:
        raise _Refused("EmptyUploadException", f"The upload '{upload.upload_id}' in {where} has no layer parts")
    if any(size < _LEAST_PART for size in upload.part_sizes[:-1]):
        raise _Refused("LayerPartTooSmallException", f"A layer part of '{upload.upload_id}' in {where} is too small")
    digest = "sha256:" + hashlib.sha256(bytes(upload.layer_parts)).hexdigest()
    if digest not in digests:
        told = f"Layer digest calculated by ECR '{digest}' does not match any of the digests specified in {where}"
        raise _Refused("InvalidLayerException", told)
    if digest in repository.layers:
        raise _Refused("LayerAlreadyExistsException", f"Layer with digest '{digest}' already exists in {where}")


def _put_whole(
    self: Any,
    repository_name: str,
    image_manifest: str,
    image_tag: str,
    image_manifest_mediatype: str | None = None,
    digest: str | None = None,
) -> Any:
    repository = self._get_repository(repository_name)
    where = f"the repository with name '{repository_name}' in the registry with id '{repository.registry_id}'"
    computed = "sha256:" + hashlib.sha256(image_manifest.encode()).hexdigest()
    if digest is not None and digest != computed:
        told = f"The provided digest '{digest}' does not match '{computed}', calculated by ECR in {where}"
        raise _Refused("ImageDigestDoesNotMatchException", told)
    lacking = [needed for needed in _needed(image_manifest) if needed not in repository.layers]
    if lacking:
        told = f"Layers with digests '{lacking}' required for pushing image not found in {where}"
        raise _Refused("LayersNotFoundException", told)
    try:
        return _put(self, repository_name, image_manifest, image_tag, image_manifest_mediatype, computed)
    except ImageAlreadyExistsException as error:
        same = any(image_tag in image.image_tags and image.image_digest == computed for image in repository.images)
        if same:
            raise
        # Moto says the same of a tag that stays with another image.
        raise _Refused("ImageTagAlreadyExistsException", error.message) from error


def _needed(manifest: str) -> list[str]:
    said = json.loads(manifest)
    named = [said.get("config"), *said.get("layers", [])]
    return [one["digest"] for one in named if one]
