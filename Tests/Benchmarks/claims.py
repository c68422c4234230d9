"""Times the verification of the whole ledger, and of each claim by itself.

usage: claims.py path/to/lectern
"""

import json
import statistics
import subprocess
import sys
import time

ROUNDS = 3


def verify(*arguments):
    start = time.perf_counter()
    text = subprocess.run(
        [sys.argv[1], "verify", "--json", *arguments], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return time.perf_counter() - start, json.loads(text)


whole = [verify("--instances", "1000") for _ in range(ROUNDS)]
claims = [claim["id"] for claim in whole[0][1]["claims"]]
seconds = statistics.median(duration for duration, _ in whole)
print(f"{len(claims)} claims, 1000 instances a check: {seconds:.1f} s   (goal < 20 s on 2 cores)")
each = {claim: verify(claim)[0] for claim in claims}
slowest = sorted(each, key=each.get, reverse=True)
print("the slowest alone: " + ", ".join(f"{claim} {each[claim]:.2f} s" for claim in slowest[:4]) + "   (goal < 2 s each)")
