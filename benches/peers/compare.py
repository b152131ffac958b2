"""Keeps the same events in demarche, plain sled, redb, SQLite and DuckDB, asks all the same, and
prints one table (Markdown).

    cargo build --release --locked
    cargo build --release --locked --manifest-path benches/peers/Cargo.toml
    python3 -m venv benches/peers/.venv
    benches/peers/.venv/bin/pip install --require-hashes -r benches/peers/requirements.txt
    benches/peers/.venv/bin/python benches/peers/compare.py [--events N] [--seed N] [--dir DIR]

Every engine reads the same file of JSON lines. Peak memory is what the kernel says of the process
that loads. A cold start is a process from its beginning to the answer, with the files in the cache
of the system. In brackets stands the same by the time that processors worked, which does not depend
on what else the machine does: events for each second of it, or milliseconds. The answers of all must
be equal, or the run fails.
"""

import argparse
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

import lines

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COLD_STARTS = 7


class Ran:
    """A process to its end: what it said, how long it took, how long the processor worked for it, and
    its peak memory in MiB."""

    def __init__(self, words):
        with tempfile.TemporaryFile() as out:
            started = time.perf_counter()
            child = subprocess.Popen(words, stdout=out, stderr=subprocess.PIPE)
            err = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            self.seconds = time.perf_counter() - started
            child.returncode = os.waitstatus_to_exitcode(status)
            self.peak = usage.ru_maxrss / 1024
            self.worked = usage.ru_utime + usage.ru_stime
            out.seek(0)
            self.out = out.read().decode()
        if child.returncode != 0:
            sys.exit(f"{' '.join(words)}: {err.decode()}")


class Peer:
    """One of the others: a program that knows load, contacts and warm."""

    def __init__(self, name, words, packs_text=False):
        self.name = name
        self.words = words
        # Whoever keeps texts as they are takes their bytes for them; the others load once more.
        self.packs_text = packs_text

    def load(self, file, folder):
        return Ran([*self.words, "load", file, folder])

    def bytes_without_text(self, file, folder, text_bytes):
        if not self.packs_text:
            return bytes_of(folder) - text_bytes
        shutil.rmtree(folder, ignore_errors=True)
        Ran([*self.words, "load", file, folder, "--no-text"])
        return bytes_of(folder)

    def contacts(self, folder, actor):
        return Ran([*self.words, "contacts", folder, actor])

    def rows(self, folder, asked):
        lines = self.contacts(folder, asked["actor"]).out.splitlines()
        rows = (line.split("\t") for line in lines)
        return [[partner, int(events), int(first), int(last)] for partner, events, first, last in rows]

    def warm(self, folder, asked, one, other):
        words = [*self.words, "warm", folder, asked[one], asked[other], str(asked["year"])]
        return json.loads(Ran(words).out)


class Demarche:
    name = "demarche"

    def __init__(self, program):
        self.program = program

    def call(self, folder, *words):
        return Ran([self.program, "--store", folder, *words])

    def load(self, file, folder):
        return self.call(folder, "db", "restore", file)

    def bytes_without_text(self, _file, folder, _text_bytes):
        stats = self.call(folder, "db", "stats", "--format", "jsonl").out.splitlines()
        counts = {row["what"]: row["count"] for row in map(json.loads, stats)}
        return counts["bytes on disk"] - counts["bytes of texts"]

    def contacts(self, folder, actor):
        return self.call(folder, "contacts", actor)

    def warm(self, folder, asked, one, other):
        words = ["bench", "ask", asked["actor"], asked[one], asked[other], str(asked["year"])]
        return json.loads(self.call(folder, *words).out)

    def rows(self, folder, asked):
        return self.warm(folder, asked, "one", "other")["contacts"]


def bytes_of(folder):
    found = (os.path.join(path, name) for path, _, names in os.walk(folder) for name in names)
    return sum(os.path.getsize(path) for path in found)


def cold_start(engine, folder, actor):
    """From the start of a process to its answer, in milliseconds, and those of the processor's work in
    brackets; the medians of several."""
    runs = [engine.contacts(folder, actor) for _ in range(COLD_STARTS)]
    seconds = sorted(run.seconds for run in runs)[COLD_STARTS // 2]
    worked = sorted(run.worked for run in runs)[COLD_STARTS // 2]
    return f"{seconds * 1000:,.0f} ({worked * 1000:,.0f})"


def measure(engine, file, folder, asked, text_bytes):
    shutil.rmtree(folder, ignore_errors=True)
    print(engine.name, file=sys.stderr)
    loaded = engine.load(file, folder)
    size = bytes_of(folder)
    cold = cold_start(engine, folder, asked["actor"])
    cold_busiest = cold_start(engine, folder, asked["busiest_actor"])
    warm = engine.warm(folder, asked, "one", "other")
    busiest = engine.warm(folder, asked, "busiest_one", "busiest_other")
    rows = sorted(engine.rows(folder, asked))
    events = warm["scan_events"]
    without_text = engine.bytes_without_text(file, folder, text_bytes)
    shutil.rmtree(folder, ignore_errors=True)
    answer = (rows, (warm["dyad_events"], busiest["dyad_events"]), events, sorted(warm["scan_sums"].items()))
    figures = [
        f"{events / loaded.seconds:,.0f} ({events / loaded.worked:,.0f})",
        f"{loaded.peak:,.0f}",
        f"{size / events:,.1f}",
        f"{without_text / events:,.1f}",
        cold,
        cold_busiest,
        f"{warm['dyad_seconds'] * 1000:,.3f}",
        f"{busiest['dyad_seconds'] * 1000:,.3f}",
        f"{warm['scan_per_second'] / 1e6:,.2f}",
    ]
    return figures, answer


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    return f"{names[0]}, {os.cpu_count()} cores"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--events", type=int, default=2_000_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--dir")
    options.add_argument("--demarche", default=os.path.join(ROOT, "target/release/demarche"))
    options.add_argument("--peers", default=os.path.join(HERE, "target/release/peers"))
    options = options.parse_args()
    folder = tempfile.mkdtemp(prefix="peers-", dir=options.dir)
    file = os.path.join(folder, "events.jsonl")
    made = Ran([options.demarche, "bench", "generate", "--events", str(options.events),
                "--seed", str(options.seed), "--out", file])
    asked = json.loads(made.out)
    text_bytes = sum(len(article["text"].encode()) for article in lines.articles(file))
    python = sys.executable
    import duckdb

    engines = [
        Demarche(options.demarche),
        Peer(f"SQLite {sqlite3.sqlite_version}", [python, os.path.join(HERE, "sqlite_peer.py")]),
        Peer(f"DuckDB {duckdb.__version__}", [python, os.path.join(HERE, "duckdb_peer.py")],
             packs_text=True),
        Peer("redb 4", [options.peers, "redb"]),
        Peer("sled 0.34.7", [options.peers, "sled"]),
    ]
    print(f"{options.events:,} events, seed {options.seed}; {processor()}, {platform.system()} "
          f"{platform.release()}, Python {platform.python_version()}.")
    print(f"Persons `{asked['actor']}` and `{asked['busiest_actor']}`; dyads `{asked['one']}` and `{asked['other']}` and\n"
          f"`{asked['busiest_one']}` and `{asked['busiest_other']}` in {asked['year']}.\n")
    print("| | load, events/s | peak memory, MiB | bytes an event | without text | cold start, ms "
          "| busiest person, ms | dyad in a year, ms | busiest dyad, ms | full scan, million events/s |")
    print("|---" + "|---:" * 9 + "|", flush=True)
    answers = []
    try:
        for engine in engines:
            figures, answer = measure(engine, file, os.path.join(folder, "store"), asked, text_bytes)
            print(f"| {engine.name} | {' | '.join(figures)} |", flush=True)
            answers.append((engine.name, answer))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    first = answers[0][1]
    for name, answer in answers[1:]:
        for one, other, what in zip(first, answer, ("contacts", "dyad", "events", "scan")):
            if one != other:
                sys.exit(f"{name} answers {what} otherwise than {answers[0][0]}")
    print(f"\nAll gave the same answers: {len(first[0])} partners, {first[1][0]} events of the dyad, "
          f"{first[1][1]} of the busiest.")


if __name__ == "__main__":
    main()
