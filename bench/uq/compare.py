#!/usr/bin/python3
"""uq_bench beside OpenTURNS and SciPy: compare.py UQ_BENCH [--rounds N] [--core C] [TASK...]

Every contender is a process of its own on one core; they take turns, round after round, since on a shared
machine single timings differ by a factor of two. Seconds are the processor's, without the start of the
process and imports. Printed: medians [quartiles] over the rounds, of seconds and of peer over ours within
a round. Exit status 0 too where the peers are not installed."""

import argparse
import json
import os
import statistics
import subprocess
import sys

# Ours, and the peers that have the same.
TASKS = {
    "sobol-indices": ["openturns", "scipy"],
    "monte-carlo": ["openturns", "scipy"],
    "sobol-sequence-plain": ["openturns", "scipy"],
    "sobol-sequence-linear": ["scipy"],
    "sobol-sequence-owen": [("scipy", "sobol-sequence-linear")],  # none has it: beside what comes next
    "lhs-maximin": ["openturns"],
    "lhs-discrepancy": ["openturns", "scipy"],
}
PYTHON = "/usr/bin/python3"  # for which Debian's packages are


def environment():
    """Without what may slow NumPy down: a fixed kernel of OpenBLAS; and with one thread."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS")}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def run(command, core):
    done = subprocess.run(["taskset", "-c", str(core)] + command, env=environment(), capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip()}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def spread(values, digits):
    low, middle, high = statistics.quantiles(values, n=4) if len(values) > 1 else values * 3
    return f"{middle:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"


def found(answer):
    return ", ".join(f"{name} {value:.5g}" for name, value in answer.items() if name != "seconds")


def compare(task, peers, options):
    here = os.path.dirname(os.path.abspath(__file__))
    commands = {"mystic": [options.uq_bench, "--once", task]}
    for peer in peers:
        name, its_task = peer if isinstance(peer, tuple) else (peer, task)
        commands[name] = [PYTHON, os.path.join(here, "peers.py"), name, its_task]
    answers = {name: [] for name in commands}
    for _ in range(options.rounds):
        for name, command in commands.items():
            answers[name].append(run(command, options.core))
    seconds = {name: [answer["seconds"] for answer in all_of] for name, all_of in answers.items()}
    print(f"\n{task}")
    for name in commands:
        ratios = [peer / own for peer, own in zip(seconds[name], seconds["mystic"])]
        ratio = "" if name == "mystic" else spread(ratios, 2)
        print(f"  {name:<10} {spread(seconds[name], 4):>28} s  {ratio:>24}   {found(answers[name][0])}")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("uq_bench", help="the program, build/bench/bench/uq_bench")
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=f"of {', '.join(TASKS)}; none: all")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--core", type=int, default=(os.cpu_count() or 1) - 1)
    options = parser.parse_args()
    unknown = [task for task in options.tasks if task not in TASKS]
    if unknown:
        parser.error(f"no such task: {', '.join(unknown)}; there are {', '.join(TASKS)}")
    there = subprocess.run([PYTHON, "-c", "import openturns, scipy"], env=environment(), capture_output=True)
    if there.returncode != 0:
        print("compare: nothing to compare with; for it: apt-get install python3-openturns python3-scipy")
        return
    print(f"seconds of {options.rounds} rounds, median [quartiles]; then peer / mystic; then what was found")
    for task in options.tasks or TASKS:
        compare(task, TASKS[task], options)


if __name__ == "__main__":
    main()
