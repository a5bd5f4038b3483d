"""Writes the reference pages of docs/ from schema.json.

The schema comes from the Rust types, so nothing on these pages is said twice.

    python tools/docs.py           writes the pages
    python tools/docs.py --check   fails when a page isn't what the schema says
"""

from __future__ import annotations

import json
import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADER = "<!-- Written by tools/docs.py from schema.json; edit the Rust types and run `make docs`. -->"
SPELLING = """Names are written as in TypeScript, Java and YAML: `cidrBlock`. Python says `cidr_block`, Go and C# `CidrBlock`.

Every resource and every component also takes Pulumi's own options (`parent`, `provider`, `dependsOn`, `protect` and so on)."""


def main() -> int:
    schema = json.loads((ROOT / "schema.json").read_text())
    pages = {path: text for path, text in every_page(schema)}
    if "--check" in sys.argv:
        return check(pages)
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for stale in stale_pages(pages):
        stale.unlink()
    return 0


def check(pages: dict[pathlib.Path, str]) -> int:
    wrong = [path for path, text in pages.items() if not path.exists() or path.read_text() != text]
    wrong += stale_pages(pages)
    for path in wrong:
        print(f"{path.relative_to(ROOT)} is not what schema.json says: run `make docs`")
    return 1 if wrong else 0


def stale_pages(pages: dict[pathlib.Path, str]) -> list[pathlib.Path]:
    folders = [ROOT / "docs/components", ROOT / "docs/resources"]
    found = [page for folder in folders if folder.exists() for page in folder.rglob("*.md")]
    return [page for page in found if page not in pages]


def every_page(schema: dict):
    yield ROOT / "docs/provider.md", provider_page(schema)
    for token, resource in sorted(schema["resources"].items()):
        yield page_path(token, resource), resource_page(schema, token, resource)
    yield ROOT / "docs/reference.md", index_page(schema)


def page_path(token: str, resource: dict) -> pathlib.Path:
    _, module, name = token.split(":")
    if resource.get("isComponent"):
        return ROOT / f"docs/components/{name.lower()}.md"
    return ROOT / f"docs/resources/{module}/{name.lower()}.md"


def index_page(schema: dict) -> str:
    lines = [HEADER, "", "# Reference", "", "[Provider configuration](provider.md)", "", SPELLING, ""]
    for title, wanted in (("Components", True), ("Resources", False)):
        lines += [f"## {title}", "", "| type | what it is |", "| --- | --- |"]
        for token, resource in sorted(schema["resources"].items()):
            if bool(resource.get("isComponent")) == wanted:
                link = page_path(token, resource).relative_to(ROOT / "docs")
                lines.append(f"| [{short(token)}]({link}) | {first_sentence(resource['description'])} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def provider_page(schema: dict) -> str:
    intro = (ROOT / "docs/provider.intro.md").read_text().rstrip()
    config = schema["config"]
    lines = [HEADER, "", intro, "", "## Settings", ""]
    lines += inputs_table(config["variables"], config["defaults"], ROOT / "docs/provider.md", schema)
    lines += named_types(config["variables"], ROOT / "docs/provider.md", schema)
    return "\n".join(lines).rstrip() + "\n"


def resource_page(schema: dict, token: str, resource: dict) -> str:
    page = page_path(token, resource)
    is_component = resource.get("isComponent", False)
    inputs = resource["inputProperties"]
    # A resource's inputs are all outputs. What a component gives back it says by itself, whatever the name.
    own = {name: spec for name, spec in resource["properties"].items() if is_component or name not in inputs}
    lines = [HEADER, "", f"# {short(token)}", "", resource["description"], ""]
    lines += guide(page) + [f"Type token: `{token}`", ""]
    lines += ["## Inputs", ""] + inputs_table(inputs, resource["requiredInputs"], page, schema)
    lines += ["## Outputs", ""]
    if not is_component:
        lines += ["All inputs are outputs too, with the values that AWS settled on.", ""]
    lines += outputs_table(own, page, schema)
    lines += named_types(own | inputs, page, schema)
    if not is_component:
        lines += ["## Import", "", f"    pulumi import {token} <name> <id>", ""]
        lines += ["The id is AWS's own, unless the text at the top of this page says what it is made of.", ""]
    return "\n".join(lines).rstrip() + "\n"


def guide(page: pathlib.Path) -> list[str]:
    """A pointer to the page that somebody wrote for people, if there is one."""
    is_there = page.parent.name == "components" and (ROOT / "docs/guides" / page.name).exists()
    return [f"How to use it: [the guide](../guides/{page.name}).", ""] if is_there else []


def inputs_table(properties: dict, required: list[str], page: pathlib.Path, schema: dict) -> list[str]:
    """What must be given comes first."""
    lines = ["| input | type | default | |", "| --- | --- | --- | --- |"]
    for name, spec in sorted(properties.items(), key=lambda item: (item[0] not in required, item[0])):
        default = "required" if name in required else default_of(spec)
        notes = " *A change replaces it.*" if spec.get("willReplaceOnChanges") else ""
        notes += " *Secret.*" if spec.get("secret") else ""
        about = one_line(spec["description"]) + notes
        lines.append(f"| `{name}` | {type_of(spec, page, schema)} | {default} | {about} |")
    return lines + [""]


def outputs_table(properties: dict, page: pathlib.Path, schema: dict) -> list[str]:
    lines = ["| output | type | |", "| --- | --- | --- |"]
    for name, spec in properties.items():
        lines.append(f"| `{name}` | {type_of(spec, page, schema)} | {one_line(spec['description'])} |")
    return lines + [""]


def named_types(properties: dict, page: pathlib.Path, schema: dict) -> list[str]:
    lines: list[str] = []
    for token in sorted(tokens_in(schema, properties)):
        named = schema["types"][token]
        lines += [f"### {short(token)}", "", named.get("description", ""), ""]
        if "enum" in named:
            lines += [f"- `{value['value']}`: {one_line(value['description'])}" for value in named["enum"]] + [""]
        else:
            lines += inputs_table(named["properties"], named.get("required", []), page, schema)
    return lines


def tokens_in(schema: dict, spec) -> set[str]:
    found: set[str] = set()
    todo = [spec]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            ref = part.get("$ref", "")
            if isinstance(ref, str) and ref.startswith("#/types/"):
                token = ref.removeprefix("#/types/")
                if token not in found:
                    found.add(token)
                    todo.append(schema["types"][token])
            todo += list(part.values())
        elif isinstance(part, list):
            todo += part
    return found


def type_of(spec: dict, page: pathlib.Path, schema: dict) -> str:
    if "$ref" in spec:
        return reference(spec["$ref"], page, schema)
    if spec["type"] == "array":
        return f"list of {type_of(spec['items'], page, schema)}"
    if spec["type"] == "object":
        return f"map of {type_of(spec['additionalProperties'], page, schema)}"
    return spec["type"]


def reference(ref: str, page: pathlib.Path, schema: dict) -> str:
    """A named type is on the same page, under a heading of its name; a resource has a page of its own."""
    kind, _, token = ref.removeprefix("#/").partition("/")
    if kind == "types":
        return f"[{short(token)}](#{short(token).lower().replace('.', '')})"
    if kind == "resources":
        its_page = page_path(token, schema["resources"][token])
        return f"[{short(token)}]({os.path.relpath(its_page, page.parent)})"
    return "anything"


def default_of(spec: dict) -> str:
    return f"`{json.dumps(spec['default'])}`" if "default" in spec else ""


def short(token: str) -> str:
    _, module, name = token.split(":")
    return name if module == "index" else f"{module}.{name}"


def one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def first_sentence(text: str) -> str:
    return one_line(text.split("\n\n")[0]).split(". ")[0].rstrip(".") + "."


if __name__ == "__main__":
    sys.exit(main())
