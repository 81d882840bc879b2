"""Where the shared samples are: beside the repository, or where MUSTER_SHARED says."""

import importlib.util
import os
from pathlib import Path
from types import ModuleType

SHARED = Path(os.environ.get("MUSTER_SHARED", Path(__file__).parents[3] / "shared"))


def samples() -> Path:
    """The samples; fails with what to do when they are not there."""
    folder = SHARED / "samples"
    if not folder.is_dir():
        raise FileNotFoundError(f"no samples in {folder}: set MUSTER_SHARED to the shared folder")
    return folder


def scorer(name: str) -> ModuleType:
    """The scorer that lies beside the samples."""
    spec = importlib.util.spec_from_file_location(name, samples() / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
