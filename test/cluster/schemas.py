"""schemas.py kubernetes < MANIFESTS, or, in the place of the aws command, schemas.py aws WORDS.

Each document is held to its published schema; and so that a schema that checks nothing is noticed, the
same document with a key misspelt must be refused.
"""

import json
import sys


def refused(check, document, key):
    wrong = {**document, key + "x": document[key]}
    try:
        check(wrong)
    except Exception:
        return
    raise SystemExit(f"a misspelt {key} is not refused")


def kubernetes():
    import kubernetes_validate
    import yaml

    version = kubernetes_validate.latest_version()

    def check(document):
        kubernetes_validate.validate(document, version, strict=True)

    for document in yaml.safe_load_all(sys.stdin):
        check(document)
        refused(check, document, "metadata")
        print(f"Kubernetes {version}: {document['kind']} {document['metadata']['name']} is valid")


def aws(service, operation, *words):
    import botocore.session
    from botocore.validate import validate_parameters

    options = dict(zip(words[::2], words[1::2]))
    parameters = json.loads(options["--cli-input-json"])
    if "--depends-on" in options:
        key, _, job = options["--depends-on"].partition("=")
        parameters["dependsOn"] = [{key: job}]
    model = botocore.session.get_session().get_service_model(service)
    name = "".join(word.capitalize() for word in operation.split("-"))
    shape = model.operation_model(name).input_shape

    def check(document):
        validate_parameters(document, shape)
        check_enums(document, shape)

    check(parameters)
    refused(check, parameters, "jobDefinitionName" if "Definition" in name else "jobName")
    print(f"AWS {service} {model.api_version}: {name} {sorted(parameters)} is valid", file=sys.stderr)
    print("0123-job")


def check_enums(value, shape):
    """What validate_parameters leaves out: the words that a string may be."""
    if shape.type_name == "structure":
        for key, member in value.items():
            check_enums(member, shape.members[key])
    elif shape.type_name == "list":
        for member in value:
            check_enums(member, shape.member)
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        raise SystemExit(f"{value} is none of {shape.enum}")


if __name__ == "__main__":
    {"kubernetes": kubernetes, "aws": aws}[sys.argv[1]](*sys.argv[2:])
