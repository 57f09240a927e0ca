"""How pytest runs the notebooks of this folder: without a network, and without a race for ports."""

import os
import sys
import tempfile
from pathlib import Path

import nbval.kernel
from jupyter_client.provisioning import local_provisioner

OFFLINE = Path(__file__).resolve().parent.parent / "tests" / "offline"
# Kernels inherit this.
inherited = os.environ.get("PYTHONPATH", "").split(os.pathsep)
os.environ["PYTHONPATH"] = os.pathsep.join([str(OFFLINE), *filter(None, inherited)])
os.environ["SOURCE_DATE_EPOCH"] = "0"


class SocketFileKernelManager(nbval.kernel.KernelManager):
    """Kernels started at the same moment can pick the same port; files have no such quarrel."""

    def __init__(self, **kwargs):
        folder = tempfile.mkdtemp(prefix="kernel-")
        super().__init__(transport="ipc", ip=os.path.join(folder, "k"), **kwargs)


nbval.kernel.KernelManager = SocketFileKernelManager

if sys.platform == "linux":  # elsewhere, a process with threads is not safe to fork
    from kernels import Kernel

    local_provisioner.launch_kernel = Kernel
