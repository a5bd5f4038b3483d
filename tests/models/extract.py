#!/usr/bin/env python3
"""Makes cfn-facts.json: what AWS's CloudFormation schemas say of the types that the provider has.

The schemas come with cfn-lint, which nothing else of this repository needs:

    python3 -m venv target/cfn-lint && target/cfn-lint/bin/pip install cfn-lint==1.58.0

To add a type (a new resource fails `cargo test --test models` until it is there):

    target/cfn-lint/bin/python tests/models/extract.py AWS::EC2::NetworkAcl

To write all of them again, with a newer cfn-lint say: the same without a type.
"""

import json
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

FACTS = Path(__file__).parent / "cfn-facts.json"
REGION = "us-east-1"

# Our key for a list of properties, and the schema's.
LISTS = {
    "co": "createOnlyProperties",
    "cco": "conditionalCreateOnlyProperties",
    "ro": "readOnlyProperties",
    "wo": "writeOnlyProperties",
    "id": "primaryIdentifier",
}

# Our key for a limit, and the schema's.
LIMITS = {"e": "enum", "p": "pattern", "u": "uniqueItems", "d": "default"}
SPANS = {"l": ("minLength", "maxLength"), "r": ("minimum", "maximum"), "i": ("minItems", "maxItems")}

KEYS = {key: name for key, name in LISTS.items()} | {
    "req": "required",
    "c": "constraints by property path: t type, e enum, p pattern, l [minLength, maxLength], r [minimum, maximum], "
    "i [minItems, maxItems], u uniqueItems, d default; every property of the top has its type",
}


def main(added):
    schemas = files("cfnlint") / "data" / "schemas"
    known = json.loads((schemas / "providers" / f"{REGION}.json").read_text())
    wanted = sorted({*(json.loads(FACTS.read_text())["types"] if FACTS.exists() else ()), *added})
    if missing := [name for name in wanted if name not in known]:
        sys.exit(f"no CloudFormation type: {', '.join(missing)}")
    date = json.loads((schemas / "version.json").read_text())["schema_date"]
    facts = {
        "_source": f"cfn-lint {version('cfn-lint')} (PyPI), cfnlint/data/schemas, schema_date {date}, "
        f"provider {REGION}; written by extract.py",
        "_keys": KEYS,
        "types": {name: facts_of(json.loads((schemas / "resources" / f"{known[name]}.json").read_text())) for name in wanted},
    }
    FACTS.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")


def facts_of(schema):
    lists = {key: [dotted(path) for path in schema.get(name, [])] for key, name in LISTS.items()}
    return lists | {"req": schema.get("required", []), "c": dict(sorted(limits(schema).items()))}


def dotted(path):
    """`/properties/A/items/properties/B` as `A[].B`, `/properties/A/*/B` likewise."""
    return path.removeprefix("/properties/").replace("/items", "[]").replace("/*", "[]").replace("/properties/", ".").replace("/", ".")


def limits(schema):
    found = {}

    def visit(path, node, seen):
        while "$ref" in node:
            name = node["$ref"].rsplit("/", 1)[1]
            if name in seen:
                return
            seen, node = (*seen, name), schema["definitions"][name]
        limit = {key: node[name] for key, name in LIMITS.items() if name in node and node[name] is not False or key == "d" and name in node}
        limit |= {key: [node.get(end) for end in span] for key, span in SPANS.items() if any(end in node for end in span)}
        if path and "." not in path and "[" not in path:
            kind = node.get("type", "object")
            limit["t"] = kind if isinstance(kind, str) else "|".join(kind)
        if path and limit:
            found[path] = limit
        for name, child in node.get("properties", {}).items():
            visit(f"{path}.{name}" if path else name, child, seen)
        if isinstance(node.get("items"), dict):
            visit(f"{path}[]", node["items"], seen)

    visit("", {"properties": schema["properties"]}, ())
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
