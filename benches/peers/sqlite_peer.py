"""SQLite with the indexes that a sensible person would make.

load FILE DIR [--no-text] | contacts DIR ACTOR | warm DIR ONE OTHER YEAR
"""

import json
import os
import sqlite3
import sys
import time

import lines

TABLES = """
CREATE TABLE actor (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE article (id INTEGER PRIMARY KEY, article_id BLOB NOT NULL UNIQUE, outlet TEXT,
    url TEXT, title TEXT, published INTEGER, text TEXT);
CREATE TABLE event (id INTEGER PRIMARY KEY, article INTEGER NOT NULL, cameo TEXT NOT NULL,
    type TEXT, mode TEXT, label TEXT, symmetric INTEGER, initiator TEXT, multilateral INTEGER,
    background INTEGER, date INTEGER, date_end INTEGER, date_precision TEXT, date_basis TEXT,
    first_reported INTEGER, place TEXT, place_country TEXT, contexts TEXT, about TEXT,
    status INTEGER NOT NULL, confidence INTEGER NOT NULL);
CREATE TABLE participant (event INTEGER NOT NULL, place INTEGER NOT NULL, actor INTEGER NOT NULL,
    role TEXT NOT NULL, country TEXT, sector TEXT, office TEXT, PRIMARY KEY (event, place))
    WITHOUT ROWID;
CREATE TABLE dyad (source INTEGER NOT NULL, target INTEGER NOT NULL, date INTEGER,
    event INTEGER NOT NULL, PRIMARY KEY (source, target, date, event)) WITHOUT ROWID;
CREATE TABLE mention (id INTEGER PRIMARY KEY, event INTEGER NOT NULL, sentence INTEGER,
    spans TEXT, status TEXT, confidence INTEGER, reported_by TEXT, origin TEXT);
"""

# Made after the rows are in, which is faster.
INDEXES = """
CREATE INDEX dyad_target ON dyad (target, source, date, event);
CREATE INDEX event_date ON event (date);
CREATE INDEX event_type ON event (type, date);
CREATE INDEX event_article ON event (article);
CREATE INDEX participant_actor ON participant (actor, event);
CREATE INDEX mention_event ON mention (event);
"""

ARTICLES_PER_TRANSACTION = 10_000


def opened(folder):
    os.makedirs(folder, exist_ok=True)
    store = sqlite3.connect(os.path.join(folder, "events.sqlite"), isolation_level=None)
    store.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
    )
    return store


class Loader:
    def __init__(self, store, with_text):
        self.store = store
        self.with_text = with_text
        self.actors = {}
        self.articles = 0
        self.events = 0
        self.rows = {name: [] for name in ("actor", "article", "event", "participant", "dyad", "mention")}

    def actor(self, participant):
        key = participant["actor"]
        if key not in self.actors:
            self.actors[key] = len(self.actors) + 1
            self.rows["actor"].append((self.actors[key], key, participant["name"]))
        return self.actors[key]

    def add(self, article):
        self.articles += 1
        self.rows["article"].append(
            (self.articles, bytes.fromhex(article["article_id"]), article.get("outlet"), article.get("url"),
             article.get("title"), lines.day(article.get("published")), article["text"] if self.with_text else None)
        )
        for event in article.get("events", ()):
            self.add_event(event)

    def add_event(self, event):
        self.events += 1
        number = lines.number(event["event_id"])
        date = lines.day(event.get("date"))
        get = event.get
        self.rows["event"].append(
            (number, self.articles, event["cameo"], get("type"), get("mode"), event["label"], get("symmetric", False),
             get("initiator", "source"), get("multilateral", False), get("background", False), date,
             lines.day(get("date_end")) if "date_end" in event else date, get("date_precision", "day"),
             event["date_basis"], lines.day(get("first_reported")), get("place"), get("place_country"),
             ";".join(get("contexts", ())), ";".join(get("about", ())), lines.status(event), lines.confidence(event))
        )
        for place, one in enumerate(event["participants"]):
            self.rows["participant"].append(
                (number, place, self.actor(one), one["role"], one.get("country"), one.get("sector"), one.get("office"))
            )
        for source, target in lines.dyads(event):
            self.rows["dyad"].append((self.actors[source], self.actors[target], date, number))
        for one in event["mentions"]:
            self.rows["mention"].append(
                (lines.number(one["mention_id"]), number, one["sentence_index"], json.dumps(one["spans"]),
                 one.get("status"), round(one["confidence"] * 1000), one.get("reported_by"), one.get("origin"))
            )

    def write(self):
        self.store.execute("BEGIN")
        for name, rows in self.rows.items():
            if rows:
                places = ",".join("?" * len(rows[0]))
                self.store.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
                rows.clear()
        self.store.execute("COMMIT")


def load(file, folder, with_text):
    started = time.perf_counter()
    store = opened(folder)
    store.executescript(TABLES)
    loader = Loader(store, with_text)
    for article in lines.articles(file):
        loader.add(article)
        if loader.articles % ARTICLES_PER_TRANSACTION == 0:
            loader.write()
    loader.write()
    store.executescript(INDEXES)
    store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    print(json.dumps({"events": loader.events, "seconds": time.perf_counter() - started}))


CONTACTS = """
SELECT partner.key, count(*), min(event.date), max(event.date) FROM (
    SELECT target AS partner, event FROM dyad WHERE source = :actor
    UNION ALL SELECT source, event FROM dyad WHERE target = :actor) AS found
JOIN event ON event.id = found.event JOIN actor AS partner ON partner.id = found.partner
WHERE (event.type = 'CONSULT' OR event.cameo = '057') AND event.status = 0 GROUP BY partner.key
"""

DYAD = """
SELECT event.* FROM (
    SELECT event AS id FROM dyad WHERE source = :one AND target = :other AND date >= :start AND date < :end
    UNION ALL SELECT event FROM dyad WHERE source = :other AND target = :one AND date >= :start AND date < :end)
JOIN event USING (id) WHERE event.date_end < :end
"""

SCAN = "SELECT type, count(*), sum(status = 0) FROM event GROUP BY type"


def actor(store, key):
    found = store.execute("SELECT id FROM actor WHERE key = ?", (key,)).fetchone()
    return found[0] if found else None


def contacts(folder, key):
    store = opened(folder)
    lines.print_contacts(store.execute(CONTACTS, {"actor": actor(store, key)}))


def warm(folder, one, other, year):
    store = opened(folder)
    asked = {
        "one": actor(store, one),
        "other": actor(store, other),
        "start": lines.day(f"{year}-01-01"),
        "end": lines.day(f"{int(year) + 1}-01-01"),
    }
    lines.print_warm(
        lambda: store.execute(DYAD, asked).fetchall(), lambda: store.execute(SCAN).fetchall()
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["load", file, folder, *rest]:
            load(file, folder, "--no-text" not in rest)
        case ["contacts", folder, key]:
            contacts(folder, key)
        case ["warm", folder, one, other, year]:
            warm(folder, one, other, year)
        case _:
            sys.exit(__doc__)
