"""The child processes of one `up`: started together, stopped together, none left behind."""

import ctypes
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from pwd import struct_passwd

import psutil

from cwn.core.up.problems import explain

#: Every process that descends from one `up` carries this variable with the same value.
MARK = "CWN_UP"
GRACE = 10.0  # seconds that a process gets to finish what it was doing
LARGEST_LOG = 5_000_000  # bytes; a larger one is put aside at the next start
PR_SET_PDEATHSIG = 1


def follow_parent(with_signal: signal.Signals) -> Callable[[], None]:
    """Return a step for the child to take before it becomes its program: end when the parent ends.

    Linux only; elsewhere the next start ends what a killed parent left behind.
    """
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def step() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, with_signal)
            if os.getppid() != parent:
                os.kill(os.getpid(), with_signal)

    return step


def end_with_make() -> None:
    """End when the `make` that started us is killed: it cannot tell us so itself."""
    if "MAKELEVEL" in os.environ and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextmanager
def interrupted_by_signals() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into KeyboardInterrupt, once: the stop must be able to finish."""
    signals = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # under nohup we stay
        signals.append(signal.SIGHUP)

    def interrupt(*_: object) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {each: signal.signal(each, interrupt) for each in signals}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@dataclass
class Child:
    """One running part of the portal."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals
    is_server: bool

    def ended(self) -> bool:
        """Say whether the child has ended.

        Not through Popen.poll: a signal that interrupts it leaves its lock taken, and the stop would wait for ever.
        """
        if self.process.returncode is None:
            try:
                pid, status = os.waitpid(self.process.pid, os.WNOHANG)
            except ChildProcessError:  # seen before, by a look that was interrupted
                self.process.returncode = 0
            else:
                self.process.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.process.returncode is not None

    def signal_group(self, number: signal.Signals) -> None:
        """Send a signal to the child and to whatever it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


class Processes:
    """Starts children, notices when one ends, and stops them all."""

    def __init__(self, run: Path, logs: Path) -> None:
        self.record = run / "mark"
        self.logs = logs
        self.mark = secrets.token_hex(8)
        self.children: list[Child] = []

    def __enter__(self) -> "Processes":
        self.end_leftovers()
        self.record.write_text(self.mark)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.record.unlink(missing_ok=True)

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        account: struct_passwd | None = None,
        cwd: Path | None = None,
        stdin: int = subprocess.DEVNULL,
        stop_signal: signal.Signals = signal.SIGTERM,
        is_server: bool = False,
    ) -> Child:
        """Start one child in a group of its own, as `account` when given, with its output in a log file."""
        log = self.logs / f"{name.lower()}.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.rename(log.with_suffix(".old.log"))
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603  the commands are our own
                command,
                stdin=stdin,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**(os.environ if env is None else env), MARK: self.mark},
                cwd=cwd,
                start_new_session=True,  # Ctrl-C reaches us only; we stop the children in order
                preexec_fn=follow_parent(stop_signal),
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
            )
        child = Child(name, process, log, stop_signal, is_server)
        self.children.append(child)
        return child

    def check(self) -> None:
        """Raise StartError when a child has ended that should still run."""
        for child in self.children:
            if child.ended():
                raise explain(child.name, child.log)

    def watch(self) -> None:
        """Wait until a child ends, which is never wanted; a signal interrupts the wait."""
        while True:
            self.check()
            time.sleep(0.3)

    def stop(self) -> None:
        """Stop the children: first those that use the servers, then the servers."""
        for stage in (False, True):
            children = [child for child in self.children if child.is_server is stage]
            for child in children:
                if not child.ended():
                    os.kill(child.process.pid, child.stop_signal)
            deadline = time.monotonic() + GRACE
            running = children
            while running and time.monotonic() < deadline:
                time.sleep(0.02)
                running = [child for child in running if not child.ended()]
            for child in children:
                child.signal_group(signal.SIGKILL)  # what did not listen, and what a dead child left
        self.children.clear()

    def end_leftovers(self) -> None:
        """End what an earlier `up` left behind when it was killed itself.

        The mark in the environment tells them apart: a process number may have been given out again since.
        """
        if not self.record.exists():
            return
        mark = self.record.read_text().strip()
        leftovers = [process for process in psutil.process_iter() if mark and _mark_of(process) == mark]
        for process in leftovers:
            with suppress(psutil.NoSuchProcess):
                # PostgreSQL would wait for its clients on SIGTERM; SIGINT makes it save and end at once.
                process.send_signal(signal.SIGINT if process.name() == "postgres" else signal.SIGTERM)
        _, stubborn = psutil.wait_procs(leftovers, timeout=GRACE)
        for process in stubborn:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(stubborn, timeout=GRACE)


def _mark_of(process: psutil.Process) -> str:
    """Return the mark that a process carries, or an empty string when it has none or is not ours to read."""
    try:
        return process.environ().get(MARK, "")
    except (psutil.Error, OSError):
        return ""
