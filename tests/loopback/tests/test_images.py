"""Images are known by what they are made of, and refused where that isn't whole."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from aws import Aws, refused

KIND = "application/vnd.oci.image.manifest.v1+json"
PART = 5 * 1024 * 1024


def digest_of(content: bytes) -> str:
    """How content is named."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


@pytest.fixture
def ecr(aws: Aws) -> Any:
    """A repository `web`."""
    client = aws.client("ecr")
    client.create_repository(repositoryName="web", imageTagMutability="IMMUTABLE")
    return client


def upload(ecr: Any, *parts: bytes, digest: str | None = None) -> str:
    """Sends a layer in parts."""
    upload_id, first = ecr.initiate_layer_upload(repositoryName="web")["uploadId"], 0
    for part in parts:
        place = {"partFirstByte": first, "partLastByte": first + len(part) - 1}
        ecr.upload_layer_part(repositoryName="web", uploadId=upload_id, layerPartBlob=part, **place)
        first += len(part)
    digest = digest or digest_of(b"".join(parts))
    ecr.complete_layer_upload(repositoryName="web", uploadId=upload_id, layerDigests=[digest])
    return digest


def manifest(*digests: str) -> str:
    """An image of a configuration and layers."""
    config, *layers = [{"digest": digest, "size": 1} for digest in digests]
    return json.dumps({"schemaVersion": 2, "mediaType": KIND, "config": config, "layers": layers})


def put(ecr: Any, text: str, tag: str = "one", **more: str) -> Any:
    """Gives an image its tag."""
    return ecr.put_image(repositoryName="web", imageManifest=text, imageManifestMediaType=KIND, imageTag=tag, **more)


def test_an_image_is_known_by_the_digest_of_its_manifest(ecr: Any) -> None:
    text = manifest(upload(ecr, b"config"), upload(ecr, b"x" * PART, b"y"))
    put(ecr, text, imageDigest=digest_of(text.encode()))
    (shown,) = ecr.describe_images(repositoryName="web", imageIds=[{"imageTag": "one"}])["imageDetails"]
    assert shown["imageDigest"] == digest_of(text.encode())
    with refused("ImageNotFoundException"):
        ecr.describe_images(repositoryName="web", imageIds=[{"imageTag": "two"}])


def test_an_image_needs_its_layers_and_its_digest(ecr: Any) -> None:
    text = manifest(upload(ecr, b"config"), digest_of(b"layer"))
    with refused("LayersNotFoundException"):
        put(ecr, text)
    upload(ecr, b"layer")
    with refused("ImageDigestDoesNotMatchException"):
        put(ecr, text, imageDigest=digest_of(b"other"))
    put(ecr, text)
    with refused("ImageAlreadyExistsException"):
        put(ecr, text)
    with refused("ImageTagAlreadyExistsException"):
        put(ecr, manifest(digest_of(b"config")))
    with refused("RepositoryNotFoundException"):
        ecr.put_image(repositoryName="other", imageManifest=text, imageTag="one")


def test_a_layer_is_what_its_digest_says(ecr: Any) -> None:
    with refused("InvalidLayerException"):
        upload(ecr, b"layer", digest=digest_of(b"lawyer"))
    with refused("EmptyUploadException"):
        upload(ecr)
    with refused("LayerPartTooSmallException"):
        upload(ecr, b"small", b"last")
    upload(ecr, b"layer")
    with refused("LayerAlreadyExistsException"):
        upload(ecr, b"layer")


def test_parts_come_in_their_order_and_once(ecr: Any) -> None:
    upload_id = ecr.initiate_layer_upload(repositoryName="web")["uploadId"]
    part = {"repositoryName": "web", "uploadId": upload_id, "layerPartBlob": b"abc"}
    with refused("InvalidLayerPartException"):
        ecr.upload_layer_part(partFirstByte=0, partLastByte=3, **part)
    ecr.upload_layer_part(partFirstByte=0, partLastByte=2, **part)
    with refused("InvalidLayerPartException"):
        ecr.upload_layer_part(partFirstByte=0, partLastByte=2, **part)
    with refused("UploadNotFoundException"):
        unknown = {**part, "uploadId": "00000000-0000-4000-8000-000000000000"}
        ecr.upload_layer_part(partFirstByte=0, partLastByte=2, **unknown)
