"""How a client and the server speak: one request with three descriptors, then two lines back (started, ended)."""

from __future__ import annotations

import json
import os
import socket
from typing import Any

_HEAD = 8


def send_request(connection: socket.socket, request: dict[str, Any], descriptors: list[int]) -> None:
    """Send a request and what its process shall have as standard input, output and error."""
    data = json.dumps(request).encode("ascii")
    socket.send_fds(connection, [len(data).to_bytes(_HEAD, "big")], descriptors)
    connection.sendall(data)


def read_request(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """The request of a client and its three descriptors.

    Raises:
        OSError: the client went away, or sent something else.
    """
    head, descriptors, _, _ = socket.recv_fds(connection, _HEAD, 3)
    try:
        if len(head) != _HEAD or len(descriptors) != 3:
            raise ConnectionError("no request")
        size, data = int.from_bytes(head, "big"), bytearray()
        while len(data) < size:
            more = connection.recv(min(1 << 20, size - len(data)))
            if not more:
                raise ConnectionError("half a request")
            data += more
        request = json.loads(data)
    except (OSError, ValueError) as fault:
        for descriptor in descriptors:
            os.close(descriptor)
        raise ConnectionError(str(fault)) from None
    return request, list(descriptors)


def umask() -> int:
    """This process's umask, read without setting it: other threads may be making files."""
    with open("/proc/self/status") as status:
        return next((int(line.split()[1], 8) for line in status if line.startswith("Umask:")), 0o022)
