"""Compares our wire contract with the one that the Pulumi SDK for Python carries.

Usage: compare.py DESCRIPTORS

DESCRIPTORS is our contract as a file descriptor set. Every message, enum and
service in it must say what the SDK's says; prints each difference and ends with
1 if there is one that the lists below don't explain.
"""

import importlib
import pkgutil
import sys
from collections import Counter

import pulumi.runtime.proto
from google.protobuf.descriptor_pb2 import (
    FieldDescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
)

HANDSHAKE = "pulumirpc.ProviderHandshakeRequest"
HANDSHAKE_ANSWER = "pulumirpc.ProviderHandshakeResponse"
MONITOR = "pulumirpc.ResourceMonitor"
READ = "pulumirpc.ReadResourceResponse"
FEATURE = "pulumirpc.ResourceMonitorFeature"

NEWER = "newer than engine 3.259; "
OFFER = NEWER + "an offer of the engine, which counts once the handshake's answer takes it"
UNCLAIMED = NEWER + "we don't claim it"
OUTPUTS_INTO = NEWER + "we send no output values into invokes and calls"
READS = NEWER + "our components don't read resources"
SKIP = "in the contract of engine 3.259; later dropped"
CALLBACKS = "for programs that serve callbacks; a provider serves none"

# What the SDK declares and we don't.
ONLY_THEIRS = {
    (HANDSHAKE, "sends_old_outputs_to_check"): NEWER + "an announcement we make no use of",
    (HANDSHAKE, "accepts_outputs_in_invoke"): OFFER,
    (HANDSHAKE, "accepts_outputs_in_call"): OFFER,
    (HANDSHAKE, "accepts_outputs_in_check"): OFFER,
    (HANDSHAKE_ANSWER, "accepts_outputs_in_invoke"): UNCLAIMED,
    (HANDSHAKE_ANSWER, "accepts_outputs_in_call"): UNCLAIMED,
    (HANDSHAKE_ANSWER, "accepts_outputs_in_check"): UNCLAIMED,
    ("pulumirpc.CheckRequest", "old_outputs"): NEWER + "our Check compares inputs only",
    ("pulumirpc.ResourceInvokeRequest", "accept_output_values"): OUTPUTS_INTO,
    ("pulumirpc.ResourceCallRequest", "accept_output_values"): OUTPUTS_INTO,
    (FEATURE, "RESOURCE_MONITOR_FEATURE_INVOKE_OUTPUT_VALUES"): OUTPUTS_INTO,
    (FEATURE, "RESOURCE_MONITOR_FEATURE_CALL_OUTPUT_VALUES"): OUTPUTS_INTO,
    (READ, "result"): READS,
    (READ, "unknown"): READS,
    (READ, "id"): READS,
    (MONITOR, "ExistsResource"): READS,
    ("pulumirpc.Result", "(reserved SKIP)"): SKIP,
    (MONITOR, "RegisterResourceHook"): CALLBACKS,
    (MONITOR, "RegisterErrorHook"): CALLBACKS,
}

# What we declare and the SDK doesn't.
ONLY_OURS = {
    ("pulumirpc.Result", "SKIP"): SKIP,
}

# The member that stands for a declaration as a whole.
ITSELF = "(itself)"


class Contract:
    """Facts by (declaration, member), and what kind of thing each is about."""

    def __init__(self, files):
        self.facts = {}
        self.kinds = {}
        for file in files:
            self._syntax = file.syntax or "proto2"
            for message in file.message_type:
                self._add_message(file.package, message)
            for enum in file.enum_type:
                self._add_enum(file.package, enum)
            for service in file.service:
                self._add_service(file.package, service)

    def declarations(self):
        return {declaration for declaration, _ in self.facts}

    def _add(self, kind, declaration, member, fact):
        self.facts[declaration, member] = fact
        self.kinds[declaration, member] = kind

    def _add_message(self, scope, message):
        name = f"{scope}.{message.name}"
        kind = "map entry" if message.options.map_entry else "message"
        self._add("messages", name, ITSELF, f"{kind}, {self._syntax}")
        self._add_reserved(name, message)
        for field in message.field:
            self._add("fields", name, field.name, describe_field(message, field))
        for nested in message.nested_type:
            self._add_message(name, nested)
        for enum in message.enum_type:
            self._add_enum(name, enum)

    def _add_enum(self, scope, enum):
        name = f"{scope}.{enum.name}"
        self._add("enums", name, ITSELF, f"enum, {self._syntax}")
        self._add_reserved(name, enum)
        for value in enum.value:
            self._add("enum values", name, value.name, str(value.number))

    def _add_reserved(self, name, declaration):
        for used in declaration.reserved_range:
            for number in range(used.start, used.end):
                self._add("reservations", name, f"(reserved {number})", "reserved")
        for member in declaration.reserved_name:
            self._add("reservations", name, f"(reserved {member})", "reserved")

    def _add_service(self, scope, service):
        name = f"{scope}.{service.name}"
        self._add("services", name, ITSELF, "service")
        for method in service.method:
            self._add("methods", name, method.name, describe_method(method))


def describe_field(message, field):
    label = FieldDescriptorProto.Label.Name(field.label).removeprefix("LABEL_").lower()
    kind = FieldDescriptorProto.Type.Name(field.type).removeprefix("TYPE_").lower()
    words = [f"= {field.number}", label, kind, field.type_name]
    if field.proto3_optional:
        words.append("with presence")
    elif field.HasField("oneof_index"):
        words.append(f"in oneof {message.oneof_decl[field.oneof_index].name}")
    if field.options.HasField("packed"):
        words.append(f"packed {field.options.packed}")
    return " ".join(word for word in words if word)


def describe_method(method):
    def side(streaming, message):
        return f"stream {message}" if streaming else message

    asked = side(method.client_streaming, method.input_type)
    answered = side(method.server_streaming, method.output_type)
    return f"{asked} -> {answered}"


def load_ours(path):
    with open(path, "rb") as file:
        files = FileDescriptorSet.FromString(file.read()).file
    return Contract(file for file in files if file.package != "google.protobuf")


def load_theirs():
    package = pulumi.runtime.proto
    files = []
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if module.name.endswith("_pb2"):
            file = FileDescriptorProto()
            importlib.import_module(module.name).DESCRIPTOR.CopyToProto(file)
            files.append(file)
    return Contract(files)


def differences(ours, theirs):
    """Yields a line for each difference, and for each exception not needed."""
    declared = ours.declarations()
    their_facts = {k: v for k, v in theirs.facts.items() if k[0] in declared}

    only_ours = ours.facts.keys() - their_facts.keys()
    only_theirs = their_facts.keys() - ours.facts.keys()
    for key in sorted(only_ours - ONLY_OURS.keys()):
        yield f"{show(key)}: only we have it ({ours.facts[key]})"
    for key in sorted(only_theirs - ONLY_THEIRS.keys()):
        yield f"{show(key)}: we lack it ({their_facts[key]})"
    for key in sorted(ours.facts.keys() & their_facts.keys()):
        if ours.facts[key] != their_facts[key]:
            yield f"{show(key)}: ours is `{ours.facts[key]}`, theirs `{their_facts[key]}`"
    for key in sorted((ONLY_OURS.keys() - only_ours) | (ONLY_THEIRS.keys() - only_theirs)):
        yield f"{show(key)}: is an exception in compare.py, but doesn't differ"


def show(key):
    declaration, member = key
    return declaration if member == ITSELF else f"{declaration}.{member}"


def main(path):
    ours, theirs = load_ours(path), load_theirs()
    shared = ours.facts.keys() & theirs.facts.keys()
    counts = Counter(ours.kinds[key] for key in shared)
    kinds = ("messages", "fields", "enums", "enum values", "services", "methods")
    print("compared " + ", ".join(f"{counts[kind]} {kind}" for kind in kinds))

    problems = [f"no {kind} compared" for kind in kinds if not counts[kind]]
    problems += differences(ours, theirs)
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
