"""The providers' official descriptions, when they are at hand.

``PROVIDER_SPECS`` names their folder; the default lies beside the project.
"""

import copy
import functools
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPECS = Path(os.environ.get("PROVIDER_SPECS") or ROOT.parent / "shared" / "specs")
META = "meta-business-messaging-v23.0.yaml"


def specs(name: str) -> Path:
    path = SPECS / name
    if not path.is_file():
        pytest.skip("no descriptions")
    return path


@functools.cache
def _meta():
    import yaml

    text = specs(META).read_text()
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@pytest.fixture(scope="session")
def meta():
    """Meta's description as it stands."""
    return _meta()


@pytest.fixture(scope="session")
def meta_schemas(meta):
    """With every ``additionalProperties: false`` removed: together with
    ``allOf`` it refuses every request, Meta's own examples included."""
    return _opened(copy.deepcopy(meta))


def _opened(node):
    if isinstance(node, dict):
        if node.get("additionalProperties") is False:
            del node["additionalProperties"]
        for value in node.values():
            _opened(value)
    elif isinstance(node, list):
        for value in node:
            _opened(value)
    return node
