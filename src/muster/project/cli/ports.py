"""Whether a port is to be had. A server that finds its port taken may share it without a word, and
whoever asks at it then talks to somebody else's."""

import socket

import click

TRIED = 20
"""How many ports are looked at, one after the other."""


class PortTaken(click.ClickException):
    """A port on which another program listens; the message says how to go on."""

    exit_code = 2

    def __init__(self, port: int, free: int | None) -> None:
        other = f"--port {free}" if free else "--port"
        super().__init__(
            f"{port} 端口已被其他程序占用：请先停掉它，或改用 {other}。\n"
            f"Port {port} is taken by another program: stop that one, or choose another: {other}"
        )


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there, and we may."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
        return True


def next_free(host: str, port: int) -> int | None:
    """The first free port from `port` on; None where the next `TRIED` are taken."""
    return next((p for p in range(port, port + TRIED) if is_free(host, p)), None)


def require_free(host: str, port: int) -> None:
    """Raises `PortTaken`."""
    if not is_free(host, port):
        raise PortTaken(port, next_free(host, port + 1))
