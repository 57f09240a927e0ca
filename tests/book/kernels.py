"""Kernels that are forked from a process which has already imported what notebooks import.

Starting Python and importing Matplotlib costs a kernel two seconds, each time. The process that
is forked runs nothing: each kernel starts from the same modules, without a name in its namespace.
"""

import multiprocessing
import os
import signal

IMPORTS = [
    "ipykernel.kernelapp",
    "numpy.random",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "dlbasics.plotting",
]
context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(IMPORTS)


def run(connection_file, cwd, ready):
    """Become a kernel."""
    import matplotlib
    from ipykernel.kernelapp import IPKernelApp

    os.setsid()  # jupyter_client signals the whole session
    ready.send(True)
    os.chdir(cwd)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # as nbval does
    matplotlib.rcParams["backend"] = "module://matplotlib_inline.backend_inline"
    # It ends when its parent does.
    IPKernelApp.launch_instance(["-f", connection_file], parent_handle=os.getppid())


class Kernel:
    """What jupyter_client asks of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, command, cwd, **others):
        ours, ready = context.Pipe(duplex=False)
        arguments = command[-1], cwd, ready
        self.process = context.Process(target=run, args=arguments, daemon=True)
        self.process.start()
        ready.close()
        ours.recv()
        ours.close()
        self.pid = self.process.pid

    def poll(self):
        return self.process.exitcode

    def wait(self):
        self.process.join()
        return self.process.exitcode

    def send_signal(self, number):
        os.kill(self.pid, number)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)
