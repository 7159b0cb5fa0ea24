"""A cluster on one machine: shards with replicas behind HAProxy, from Debian's packages.

The same programs, options and configuration as on several machines (docs/SCALE.md), on loopback.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

PROGRAMS = ("xapian-tcpsrv", "xapian-replicate", "xapian-replicate-server", "haproxy")
HISTORY = {"XAPIAN_MAX_CHANGESETS": "10"}
"""With this in its environment a program that writes a shard keeps its last ten changes: replicas
get these instead of the whole."""
_START_WITHIN = 10.0

HAPROXY = """\
global
    maxconn 2000
defaults
    mode tcp
    timeout connect 500ms
    timeout client 1h
    timeout server 1h
    option redispatch
    retries 1
    default-server check inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
"""
_SHARD = """
listen shard{number}
    bind {address}
    balance roundrobin
    option tcp-check
    tcp-check connect
    tcp-check expect rbinary ^.
{servers}
"""
"""A server of Xapian speaks first: one that is stopped accepts connections and says nothing."""


def missing_programs() -> tuple[str, ...]:
    """The programs that are not installed (Debian: xapian-tools, haproxy)."""
    return tuple(name for name in PROGRAMS if shutil.which(name) is None)


def haproxy_configuration(shards: Mapping[str, Sequence[str]]) -> str:
    """HAProxy's configuration: address that the bot is given -> addresses of its replicas."""
    parts = [HAPROXY]
    for number, (address, replicas) in enumerate(shards.items()):
        servers = "\n".join(
            f"    server replica{number}{letter} {replica}"
            for letter, replica in zip("abcdefgh", replicas, strict=False)
        )
        parts.append(_SHARD.format(number=number, address=address, servers=servers))
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Replica:
    """A running server of one copy of a shard."""

    address: str
    folder: Path
    pid: int

    def stop(self) -> None:
        """Kills the server and the processes of its connections, as a power cut would."""
        _signal(self.pid, signal.SIGKILL)

    def hang(self) -> None:
        """Stops it without closing anything: it accepts connections and never answers."""
        _signal(self.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Ends `hang`."""
        _signal(self.pid, signal.SIGCONT)


class Cluster:
    """Servers of the shards in a folder, each copied to replicas; a context manager."""

    def __init__(self, shards: Path, work: Path, *, count: int, replicas: int = 2) -> None:
        """`shards`: what `dossier index --shards` wrote; `work`: an empty folder."""
        self._shards = shards
        self._work = work
        self._count = count
        self._replicas = replicas
        self._stack = ExitStack()
        self._master = free_port()
        self.addresses: tuple[str, ...] = ()
        """What XAPIAN_SHARDS holds."""
        self.replicas: list[list[Replica]] = []

    def __enter__(self) -> Self:
        with self._stack:
            self._run("xapian-replicate-server", "--interface", "127.0.0.1", "--port",
                      str(self._master), str(self._shards))  # fmt: skip
            wait_for(self._master)
            self.replicas = [
                [self._start(number, copy) for copy in range(self._replicas)]
                for number in range(self._count)
            ]
            self.addresses = tuple(f"127.0.0.1:{free_port()}" for _ in range(self._count))
            configuration = self._work / "haproxy.cfg"
            configuration.write_text(
                haproxy_configuration(
                    {
                        address: [replica.address for replica in copies]
                        for address, copies in zip(self.addresses, self.replicas, strict=True)
                    }
                ),
                encoding="ascii",
            )
            self._run("haproxy", "-db", "-q", "-f", str(configuration))
            for address in self.addresses:
                wait_for(int(address.rpartition(":")[2]), greeting=True)
            self._stack = self._stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def replicate(self) -> None:
        """Brings every replica to the state of its shard, once."""
        for number, copies in enumerate(self.replicas):
            for replica in copies:
                self._copy(number, replica.folder)

    def _start(self, number: int, copy: int) -> Replica:
        folder = self._work / f"{number}-{copy}"
        self._copy(number, folder)
        port = free_port()
        process = self._run("xapian-tcpsrv", "--interface", "127.0.0.1", "--port", str(port),
                            "--quiet", str(folder))  # fmt: skip
        wait_for(port)
        return Replica(f"127.0.0.1:{port}", folder, process.pid)

    def _copy(self, number: int, folder: Path) -> None:
        subprocess.run(
            [_path("xapian-replicate"), "--host", "127.0.0.1", "--port", str(self._master),
             "--master", str(number), "--one-shot", "--reader-time", "0", "--quiet", str(folder)],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip

    def _run(self, *command: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [_path(command[0]), *command[1:]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # A server starts a process for each connection: all of them end as one group.
            start_new_session=True,
        )
        self._stack.callback(_end, process)
        return process


def _path(program: str) -> str:
    return shutil.which(program) or program


def _end(process: subprocess.Popen[bytes]) -> None:
    _signal(process.pid, signal.SIGKILL)
    process.wait()


def _signal(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, number)


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(port: int, *, greeting: bool = False) -> None:
    """Returns when somebody listens there, or with `greeting` has spoken. Raises: TimeoutError."""
    until = time.monotonic() + _START_WITHIN
    while True:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.5) as found:
            found.settimeout(0.5)
            if not greeting or found.recv(1):
                return
        if time.monotonic() > until:
            raise TimeoutError(f"127.0.0.1:{port}")
        time.sleep(0.02)
