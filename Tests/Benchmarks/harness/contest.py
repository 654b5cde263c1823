"""Runs a workload by all who take part, in turns."""

import contextlib
import dataclasses
import os
import signal
import statistics
import subprocess
import time

from . import counting, servers


@dataclasses.dataclass
class Sample:
    """What one run cost, for each unit of the workload."""

    rate: float
    seconds: float
    processor_seconds: float
    switches: float
    mebibytes: float
    checksum: str


class Contestant:
    """A row of a workload's table."""

    def __init__(self, row, peer, workload):
        self.row, self.label, self.peer, self.workload = row, row.label, peer, workload
        self.samples = {"idle": [], "awake": []}
        self.instructions = self.system_calls = None

    def command(self, count):
        return self.peer.command + self.workload.words(self.row, count)

    def sample(self, server, count):
        return self._start(server, count) if self.workload.is_start else self._run(server, count)

    def _run(self, server, count):
        values = server.values(self.command(count))
        done, seconds = int(values["count"]), float(values["seconds"])
        return Sample(
            rate=done / seconds, seconds=seconds / done, processor_seconds=float(values["cpu"]) / done,
            switches=(int(values["waits"]) + int(values["preempted"])) / done,
            mebibytes=int(values["memory"]) / 1024, checksum=values["checksum"])

    def _start(self, server, count):
        """Starts the process as often, each for one row, and takes the medians."""
        starts = [self._start_once(server) for _ in range(count)]
        seconds = statistics.median(start[0] for start in starts)
        usages = [start[1] for start in starts]
        memory = statistics.median(start[2] for start in starts)
        return Sample(
            rate=1 / seconds, seconds=seconds,
            processor_seconds=statistics.median(usage.ru_utime + usage.ru_stime for usage in usages),
            switches=statistics.median(usage.ru_nvcsw + usage.ru_nivcsw for usage in usages),
            mebibytes=memory / 1024, checksum="")

    def _start_once(self, server):
        start = time.monotonic()
        with subprocess.Popen(
                self.command(1), env={**os.environ, **server.environment}, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE) as process:
            line = process.stdout.readline()
            seconds = time.monotonic() - start
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode or not line:
            raise subprocess.CalledProcessError(process.returncode, self.command(1))
        return seconds, usage, int(servers.values(line.decode())["memory"])

    def count(self, server, problems):
        """Counts instructions and system calls, which need no repetition."""
        few, many = self.workload.counted
        try:
            self.instructions = counting.instructions(server, self.command, few, many)
        except counting.Missing as missing:
            problems.append(f"instructions of {self.label}: {missing}")
        try:
            self.system_calls = sum(counting.system_calls(server, self.command, few, many).values())
        except (counting.Missing, subprocess.CalledProcessError) as missing:
            problems.append(f"system calls of {self.label}: {missing}")

    def median(self, mode, field):
        values = [getattr(sample, field) for sample in self.samples[mode]]
        return statistics.median(values) if values else None

    def ratio(self, other, mode, field):
        """The median of the rounds' ratios: what else the machine does changes from round to round, and all who take
        part in one have it."""
        pairs = zip(self.samples[mode], other.samples[mode])
        ratios = [getattr(mine, field) / getattr(its, field) for mine, its in pairs if getattr(its, field)]
        return statistics.median(ratios) if ratios else None


def run(workload, server, contestants, rounds, divisor):
    """Runs a workload, and returns the clients that finished it, and what went wrong."""
    count, problems = max(workload.count // divisor, 1), []
    # A run that does not count: the server's caches fill, and a password need not be proved in full again.
    contestants = [one for one in contestants if _attempt(one, server, max(count // 10, 1), [], problems)]
    for number in range(rounds):
        # Nobody has always the same neighbour.
        turn = number % max(len(contestants), 1)
        order = contestants[turn:] + contestants[:turn]
        if number % 2:
            order.reverse()
        for mode in "idle", "awake":
            with awake() if mode == "awake" else contextlib.nullcontext():
                failed = [one for one in order if not _attempt(one, server, count, one.samples[mode], problems)]
            contestants = [one for one in contestants if one not in failed]
            order = [one for one in order if one not in failed]
    for contestant in contestants:
        contestant.count(server, problems)
    _check_agreement(contestants)
    return contestants, problems


def _attempt(contestant, server, count, samples, problems):
    try:
        samples.append(contestant.sample(server, count))
    except subprocess.CalledProcessError as error:
        problems.append(f"{contestant.label}: it ended with {error.returncode}")
        return False
    return True


def _check_agreement(contestants):
    # drain decodes nothing.
    checksums = {
        sample.checksum: one.label for one in contestants if one.label != "drain" for samples in one.samples.values()
        for sample in samples}
    if len(checksums) > 1:
        raise SystemExit(f"{contestants[0].workload.name}: the peers read different values: {checksums}")


@contextlib.contextmanager
def awake():
    """Keeps every core from halting, by processes that run only where nobody else wants to."""
    children = []
    try:
        for core in os.sched_getaffinity(0):
            child = os.fork()
            if not child:
                _spin(core, os.getppid())
            children.append(child)
        yield
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _spin(core, parent):
    os.sched_setaffinity(0, {core})
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    # Without its parent it would spin for ever.
    while os.getppid() == parent:
        for _ in range(100_000):
            pass
    os._exit(0)
