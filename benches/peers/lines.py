"""What the peers in Python share: the lines of a backup, and how answers are printed."""

import json
import time
from datetime import date

EPOCH = date(1970, 1, 1).toordinal()
STRENGTH = {"actual": 0, "planned": 1, "alleged": 2, "hypothetical": 3, "denied": 4}


def day(text):
    """Days since 1970-01-01."""
    return None if text is None else date.fromisoformat(text).toordinal() - EPOCH


def articles(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            article = json.loads(line).get("article")
            if article is not None:
                yield article


def number(text):
    """An id of 16 hexadecimal digits as a signed number of 64 bits."""
    return int.from_bytes(bytes.fromhex(text), "big", signed=True)


def dyads(event):
    sources = [p["actor"] for p in event["participants"] if p["role"] == "source"]
    targets = [p["actor"] for p in event["participants"] if p["role"] == "target"]
    if not targets and event.get("symmetric"):
        leading = 1 if len(sources) > 4 else len(sources)
        return [(a, b) for i, a in enumerate(sources[:leading]) for b in sources[i + 1 :]]
    return [(a, b) for a in sources for b in targets]


def status(event):
    return min(STRENGTH[m.get("status", "actual")] for m in event["mentions"])


def confidence(event):
    """In thousandths."""
    return max(round(m["confidence"] * 1000) for m in event["mentions"])


def median(call, times):
    """The median time of a call in seconds, and its last answer."""
    taken = []
    answer = None
    for _ in range(times):
        started = time.perf_counter()
        answer = call()
        taken.append(time.perf_counter() - started)
    return sorted(taken)[times // 2], answer


def print_contacts(rows):
    for partner, events, first, last in sorted(rows):
        print(f"{partner}\t{events}\t{first}\t{last}")


def print_warm(dyad, scan):
    """Asks both questions again and again and prints the medians."""
    dyad_seconds, found = median(dyad, 201)
    scan_seconds, sums = median(scan, 3)
    events = sum(count for _, count, _ in sums)
    print(
        json.dumps(
            {
                "dyad_seconds": dyad_seconds,
                "dyad_events": len(found),
                "scan_per_second": events / scan_seconds,
                "scan_events": events,
                "scan_sums": {kind or "": [count, total] for kind, count, total in sums},
            }
        )
    )
