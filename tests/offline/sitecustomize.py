"""On the path of every kernel under test: a notebook must not need the network.

Addresses of this machine stay open, because Jupyter talks to its kernels through them.
"""

import socket


def _only_this_machine(connect):
    def checked(self, address):
        host = address[0] if isinstance(address, tuple) else address
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in (
            "localhost",
            "127.0.0.1",
            "::1",
        ):
            raise OSError(f"the network is blocked: a notebook asked for {host}")
        return connect(self, address)

    return checked


def _no_lookup(getaddrinfo):
    def checked(host, *args, **kwargs):
        if host not in (None, "", "localhost", "127.0.0.1", "::1"):
            raise OSError(f"the network is blocked: a notebook asked for {host}")
        return getaddrinfo(host, *args, **kwargs)

    return checked


socket.socket.connect = _only_this_machine(socket.socket.connect)
socket.getaddrinfo = _no_lookup(socket.getaddrinfo)
