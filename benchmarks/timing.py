"""Time functions that do the same work, side by side in one run.

A ratio of two times from one run on one machine says more than either time: the same
load and the same clock stand behind both. Each candidate runs in turn, many times, and
the fastest run counts, since whatever disturbs a run only makes it slower. `make bench` sees to
it that all libraries use one thread.
"""

import time

from numpy.testing import assert_allclose


def fastest(candidates, repetitions=30, seconds=0.01):
    """Return the seconds that each of `candidates`, {name: function}, takes at best.

    In each of the `repetitions`, a candidate is called again and again for about `seconds`.
    """
    calls = {}
    for name, run in candidates.items():
        run()  # the first call pays for caches
        calls[name] = max(1, round(seconds / _time(run, 1)))
    best = dict.fromkeys(candidates, float("inf"))
    for _ in range(repetitions):
        for name, run in candidates.items():
            best[name] = min(best[name], _time(run, calls[name]) / calls[name])
    return best


def _time(run, calls):
    start = time.perf_counter()
    for _ in range(calls):
        run()
    return time.perf_counter() - start


def compare(task, ours, peers, rtol=1e-5, atol=1e-7, **options):
    """Print how many times as fast as each of `peers`, {name: function}, `ours` is.

    All are functions without arguments. A peer that returns something else is an error.
    """
    expected = ours()
    for name, run in peers.items():
        assert_allclose(
            run(), expected, rtol=rtol, atol=atol, err_msg=f"{task}: {name}"
        )
    report(task, fastest({"ours": ours, **peers}, **options))


def report(task, seconds):
    """Print a row of the table: the time of ours, and the ratio to it of each other time."""
    ours = seconds.pop("ours")
    ratios = ", ".join(f"{name} {t / ours:.2f}×" for name, t in seconds.items())
    print(f"| {task} | {_readable(ours)} | {ratios} |", flush=True)


def _readable(seconds):
    return f"{seconds * 1e6:.1f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.2f} ms"
