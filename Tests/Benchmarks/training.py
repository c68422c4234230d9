"""Times training against PyTorch (eager) and JAX (jit and scan), each in a process of its own, in turn.

usage: training.py path/to/training-benchmarks     (needs torch and jax)
"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

OURS = sys.argv[1]
HERE = pathlib.Path(__file__).parent
PEERS = HERE / "training_peers.py"
ROUNDS = 5


def number(*command):
    command = [str(part) for part in command]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def seconds(*command):
    """The wall time of a whole process."""
    start = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(title, unit, ours, peers, is_time=False):
    """Medians over rounds in turn, so that a busy machine slows all alike; goals are ratios in our favour."""
    rounds = [(ours(), *(peer() for _, peer, _ in peers)) for _ in range(ROUNDS)]
    own, *others = (statistics.median(column) for column in zip(*rounds))
    for (name, _, goal), other in zip(peers, others):
        ratio = other / own if is_time else own / other
        print(f"{title:<44} {own:9.2f} {unit} {name:>8} {other:9.2f} {unit} {ratio:7.2f} x   (goal {goal})", flush=True)


def peer(name, *sizes):
    return lambda: number(sys.executable, PEERS, name, *sizes)


def allocations(steps):
    """Calls of the allocator in a training of so many steps."""
    with tempfile.TemporaryDirectory() as room:
        library = f"{room}/count.so"
        subprocess.run(["clang", "-O2", "-shared", "-fPIC", HERE / "count_allocations.c", "-o", library], check=True)
        run = subprocess.run(
            [OURS, "cold", "64", "256", str(steps)], check=True, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "LD_PRELOAD": library})
    return int(run.stderr)


def resident(steps):
    """The most memory that a training of so many steps held, in MiB."""
    child = os.posix_spawn(OURS, [OURS, "cold", "64", "256", str(steps)], os.environ)
    return os.wait4(child, 0)[2].ru_maxrss / 1024


def main():
    compare(
        "PR-GAN, width 64, batch 256", "steps/s", lambda: number(OURS, "gan", 64, 256, 4000),
        [("PyTorch", peer("torch", 64, 256, 300), 5), ("JAX", peer("jax", 64, 256, 1500), 1.3)])
    compare(
        "PR-GAN, width 128, batch 512", "steps/s", lambda: number(OURS, "gan", 128, 512, 800),
        [("JAX", peer("jax", 128, 512, 500), 1)])
    compare(
        "PR-GAN, 2,000 steps from a cold start", "s", lambda: seconds(OURS, "cold", 64, 256, 2000),
        [("JAX", lambda: seconds(sys.executable, PEERS, "jax-cold", 64, 256, 2000), 8)], is_time=True)
    compare(
        "flow, 8 couplings, width 64, batch 256", "steps/s", lambda: number(OURS, "flow", 8, 64, 256, 500),
        [("PyTorch", peer("torch-flow", 64, 256, 60), 3)])
    counts = [allocations(steps) for steps in (2000, 4000)]
    print(f"allocations in 2,000 more steps: {counts[1] - counts[0]} (goal 0)")
    peaks = [resident(steps) for steps in (10_000, 100_000)]
    print(f"most memory in 10,000 steps {peaks[0]:.1f} MiB, in 100,000 {peaks[1]:.1f} MiB (goal: the same)")


main()
