"""On what machine was measured, and what a process spent."""

import os
import platform
import subprocess
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent


def facts() -> dict[str, str]:
    """Describe the machine and the code of this run."""
    processor = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return {
        "date": f"{datetime.now().astimezone():%Y-%m-%d %H:%M %Z}",
        "commit": commit.stdout.strip() or "unknown",
        "processor": f"{os.cpu_count()} × {processor}",
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "busy before the run": f"load {os.getloadavg()[0]:.1f} (more than 0.5: others worked at the same time)",
    }


def seconds_of(processes: Iterable[psutil.Process]) -> float:
    """Return the CPU seconds of processes, their children and the children that ended."""
    total = 0.0
    for process in processes:
        for one in (process, *process.children(recursive=True)):
            try:
                times = one.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
            if one is process:
                total += times.children_user + times.children_system
    return total
