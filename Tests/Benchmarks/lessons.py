"""Times a lesson, source to HTML, against the same notebook through nbconvert, in turn; prints medians and ratios.

The process is timed from outside: wall seconds from start to exit, interpreter and compiler included.
"""

import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

ROOM = pathlib.Path(sys.argv[1])
HERE = pathlib.Path(__file__).parent
LECTERN = HERE.parent.parent / ".build/release/lectern"
ROUNDS = 7


def run(*command):
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{command[0]} failed with {done.returncode}:\n{done.stdout}{done.stderr}")
    return seconds, done.stdout


def in_turn(ours, theirs):
    """Runs both once unmeasured, then `ROUNDS` times in turn; the medians and the median ratio."""
    ours(), theirs()
    pairs = [(ours(), theirs()) for _ in range(ROUNDS)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(b / a for a, b in pairs),
    )


def report(name, ours, theirs, ratio, goal):
    print(f"{name:<44} {ours * 1e3:9.1f} ms {theirs * 1e3:9.1f} ms {ratio:7.1f} x   (goal {goal})", flush=True)


def report_alone(name, ours, goal):
    print(f"{name:<44} {ours * 1e3:9.1f} ms {'':12} {'':9}   (goal {goal})", flush=True)


def lessons():
    work = ROOM / "lesson"
    work.mkdir()
    lesson = work / "lesson.md"
    shutil.copy(HERE / "lesson.md", lesson)
    shutil.copy(HERE / "lesson.py", work / "lesson.py")
    run("python3", HERE / "notebook.py", work / "lesson.py", work / "lesson.ipynb")
    page = ["render", lesson, "--output-dir", work / "site", "--quiet"]

    def cold():
        return run(LECTERN, *page, "--no-cache")[0]

    def notebook():
        return run("jupyter", "nbconvert", "--to", "html", "--execute", work / "lesson.ipynb")[0]

    report("lesson to HTML, nothing cached / nbconvert", *in_turn(cold, notebook), ">= 4 x, <= 1000 ms")
    run(LECTERN, *page)
    unchanged = statistics.median(run(LECTERN, *page)[0] for _ in range(ROUNDS))
    report_alone("lesson unchanged", unchanged, "<= 150 ms")

    source = lesson.read_text()
    edits = []
    for round in range(ROUNDS):
        lesson.write_text(re.sub("two modes", f"two modes, edit {round}", source))
        edits.append(run(LECTERN, *page)[0])
    report_alone("lesson after an edit of prose", statistics.median(edits), "<= 300 ms")


print(f"{'':<44} {'ours':>12} {'peer':>12} {'ratio':>9}")
lessons()
