"""A study is computed by versions, processor features and a commit, on which its last bits depend."""

import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

import simulator

LIBRARIES = ("numpy", "polars", "pydantic", "SALib", "scipy", "simpy")


def versions() -> dict[str, str | None]:
    """Give the versions of Python and of what computes: bytes are the same where these are."""
    return {
        "growthsim": simulator.__version__,
        "python": platform.python_version(),
        **{library: _version(library) for library in LIBRARIES},
    }


def cpu_features() -> list[str]:
    """Processor features that numpy uses: log and exp may differ in the last bit between them."""
    simd = np.show_config(mode="dicts")["SIMD Extensions"]
    return [platform.machine(), *simd.get("baseline", []), *simd.get("found", [])]


def commit() -> str | None:
    """Commit of the simulator's sources, '+' after it if they differ; None outside of a repository."""
    package = Path(simulator.__file__).parent
    head = _git(package, "rev-parse", "HEAD") if _git(package, "ls-files", "__init__.py") else None
    if not head:
        return None
    return head + ("+" if _git(package, "status", "--porcelain", "--", ".") else "")


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments, no shell
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - whichever git the user has
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
