"""The query protocols: `Filter.1.Value.2=x` to `{"Filters": [{"Values": [..]}]}`.

EC2 and the others differ only in how a member is called on the wire and in
whether a list has a `member` step in its path.
"""

from __future__ import annotations

from typing import Any

from botocore.model import OperationModel, Shape

from .scalars import from_text


def decode(protocol: str, model: OperationModel, form: dict[str, str], violations: list[str]) -> dict[str, Any]:
    """The typed parameters of a form; what the model does not know goes to `violations`."""
    if model.input_shape is None:
        violations.extend(f"unknown parameter {key}" for key in form)
        return {}
    return _Walker(protocol, violations).structure(model.input_shape, _nest(form), "")


def _nest(form: dict[str, str]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for key, value in form.items():
        node, steps = tree, key.split(".")
        for step in steps[:-1]:
            child = node.setdefault(step, {})
            node = child if isinstance(child, dict) else node.setdefault(f"{step}!", {})
        node[steps[-1]] = value
    return tree


class _Walker:
    def __init__(self, protocol: str, violations: list[str]) -> None:
        self.ec2 = protocol == "ec2"
        self.violations = violations

    def structure(self, shape: Shape, node: dict[str, Any], path: str) -> dict[str, Any]:
        left, values = dict(node), {}
        for name, member in shape.members.items():
            wire = self._wire_name(name, member)
            if wire in left:
                values[name] = self.value(member, left.pop(wire), f"{path}{name}")
        self.violations.extend(f"unknown parameter {path}{key}" for key in left)
        return values

    def value(self, shape: Shape, node: Any, path: str) -> Any:
        if shape.type_name == "list":
            return self.list(shape, node, path)
        if shape.type_name == "map":
            return self.map(shape, node, path)
        if shape.type_name == "structure":
            return self.structure(shape, node if isinstance(node, dict) else {}, f"{path}.")
        if isinstance(node, dict):
            self.violations.append(f"{path} is a {shape.type_name}, not a structure")
            return None
        return from_text(shape, node, path, self.violations)

    def list(self, shape: Shape, node: Any, path: str) -> list[Any]:
        if node == "":
            return []
        if not self.ec2 and not self._flattened(shape):
            node = node.get(shape.member.serialization.get("name", "member"), {})
        return [self.value(shape.member, item, f"{path}[{i}]") for i, item in enumerate(self._items(node, path))]

    def map(self, shape: Shape, node: Any, path: str) -> dict[str, Any]:
        if node == "":
            return {}
        node = node if self._flattened(shape) else node.get("entry", {})
        key_name = shape.key.serialization.get("name", "key")
        value_name = shape.value.serialization.get("name", "value")
        return {
            e[key_name]: self.value(shape.value, e.get(value_name), f"{path}.{e[key_name]}")
            for e in self._items(node, path)
        }

    def _items(self, node: Any, path: str) -> list[Any]:
        if not isinstance(node, dict) or not all(key.isdigit() for key in node):
            self.violations.append(f"{path} is not a numbered list")
            return []
        order = sorted(node, key=int)
        if [int(key) for key in order] != list(range(1, len(order) + 1)):
            self.violations.append(f"{path} is numbered {', '.join(order)}, not from 1 without gaps")
        return [node[key] for key in order]

    def _wire_name(self, name: str, member: Shape) -> str:
        serialization = member.serialization
        if self.ec2:
            wire = serialization.get("queryName") or serialization.get("name", name)
            return serialization.get("queryName") or wire[0].upper() + wire[1:]
        if member.type_name == "list" and self._flattened(member):
            return member.member.serialization.get("name") or serialization.get("name", name)
        return serialization.get("name", name)

    @staticmethod
    def _flattened(shape: Shape) -> bool:
        return bool(shape.serialization.get("flattened"))
