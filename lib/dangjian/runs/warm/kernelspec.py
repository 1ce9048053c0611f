"""The kernel's name as Jupyter finds it: a folder with one file, put where Jupyter looks for kernels."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

NAME = "dangjian-warm"
SPEC = {
    "argv": ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "Python 3 (dangjian, warm)",
    "language": "python",
    "interrupt_mode": "signal",
    "metadata": {"debugger": False, "kernel_provisioner": {"provisioner_name": NAME, "config": {}}},
}


def install(*, user: bool = False, prefix: str | None = None) -> Path:
    """Install the spec: into this Python's own environment, the user's folder or a prefix; its folder.

    Raises:
        OSError: the place cannot be written to.
    """
    from jupyter_client.kernelspec import KernelSpecManager

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "kernel.json").write_text(json.dumps(SPEC, indent=1) + "\n", "utf-8")
        place = None if user else prefix or sys.prefix
        return Path(KernelSpecManager().install_kernel_spec(folder, NAME, user=user, prefix=place))
