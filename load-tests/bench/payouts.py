"""A monthly run of payouts: how long it selects, reserves and freezes, its heap, plain SQL beside it, the pace of sending, kills."""
import base64, json, os, pathlib, signal, subprocess, sys, time, urllib.request

from .api import ID, KEYS, PEOPLE, PROGRAM
from .conversions import typed
from .house import CLASSPATH, HOME, JAR, JAVA, LOADS, ROOT, App, Process, Stores, say
from .imports import Command, Look

MASTER = base64.b64encode(bytes(range(32))).decode()
TENTHS = 10
LOOK = 0.1
CHUNK = 250_000
# Cents of each commission; some thousand different ones, so that sums differ.
EACH = "100 + (n::bigint * 7919) % 900"
SETTINGS = [
    f"""INSERT INTO payout_terms (program_id, fee_flat_minor, fee_bps, cooling_hours, tax_form_required, verified_papers,
            automatic_under_minor, four_eyes_from_minor, day_of_month, daily, requests, updated_at)
        VALUES ({PROGRAM}, 25, 0, 72, false, false, 1000000000, 1000000000, 1, false, true, now())""",
    f"UPDATE program SET min_payout_minor = 1000 WHERE id = {PROGRAM}",
    f"""INSERT INTO fraud_score (affiliate_id, score, reasons, scored_at)
        SELECT {ID.format(n='n')}, 0, '{{}}', now() FROM generate_series(1, $AFFILIATES) n""",
]
COMMISSIONS = f"""
    INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, amount_minor, currency, status,
                            released, earned_at, release_at)
    SELECT id, {PROGRAM}, owner, owner, 'load', id, 'base_rate', {EACH}, 'USD', 'approved', true, now() - interval '40 days', now()
      FROM (SELECT n, ('018f0000-0000-7000-b000-' || lpad(to_hex(n), 12, '0'))::uuid AS id,
                   ('018f0000-0000-7000-8000-' || lpad(to_hex(n % $AFFILIATES + 1), 12, '0'))::uuid AS owner
              FROM generate_series($FROM, $TO) n) made"""
# One entry of each kind for all that an affiliate earned: what a run reads is the balance.
EARNED = f"""
    INSERT INTO ledger_entry (id, line, kind, source_kind, source_id, number, program_id, enrollment_id, debit, credit, amount_minor,
                              currency, occurred_at, memo)
    SELECT ('018f0000-0000-7000-' || k.place || right(e.enrollment_id::text, 13))::uuid, 0, k.kind, 'load', e.enrollment_id, 0, {PROGRAM},
           e.enrollment_id, k.debit, k.credit, e.amount, 'USD', now(), ''
      FROM (SELECT enrollment_id, sum(amount_minor) AS amount FROM commission GROUP BY 1) e,
           (VALUES ('c000', 'earn', 'expense', 'pending'), ('d000', 'release', 'pending', 'available')) AS k (place, kind, debit, credit)"""
BALANCES = """
    INSERT INTO ledger_balance (enrollment_id, currency, pending, available, in_transit)
    SELECT enrollment_id, 'USD', 0, sum(amount_minor), 0 FROM commission GROUP BY 1"""
# What a run writes, and which of it is the run's.
WRITTEN = {
    "payout": "run_id IS NOT NULL",
    "payout_commission": "true",
    "payout_history": "true",
    "outbox_event": "type LIKE 'payout.%'",
    "audit_entry": "action LIKE 'payout.%'",
    "ledger_entry": "kind = 'reserve'",
}


def fill(stores, affiliates, commissions):
    for text in [*PEOPLE, *SETTINGS]:
        stores.sql(text.replace("$AFFILIATES", str(affiliates)).replace("$KEYS", str(min(KEYS, affiliates))))
    for start in range(0, affiliates * commissions, CHUNK):
        end = min(affiliates * commissions, start + CHUNK) - 1
        stores.sql(COMMISSIONS.replace("$AFFILIATES", str(affiliates)).replace("$FROM", str(start)).replace("$TO", str(end)))
        say(f"commissions {start} to {end} stored")
    stores.sql(EARNED)
    stores.sql(BALANCES)
    classpath = f"{ROOT}/target/classes{os.pathsep}{CLASSPATH.read_text().strip()}"
    done = subprocess.run([JAVA, "-cp", classpath, str(LOADS / "Methods.java"), stores.env["QUARKUS_DATASOURCE_REACTIVE_URL"], MASTER, str(affiliates)],
                          capture_output=True, text=True, env={**os.environ, **stores.env})
    if done.returncode:
        sys.exit(f"no payout methods:\n{done.stderr[-2000:]}")
    stores.sql("VACUUM ANALYZE")
    say(f"{affiliates} affiliates are owed {affiliates * commissions} commissions")


class Progress(Look):
    """How far the run and its payouts are."""

    def number(self, sql):
        self.psql.stdin.write(f"SELECT coalesce(({sql}), 0);\n")
        return int(self.psql.stdout.readline())

    def seen(self):
        return self.number("SELECT max(seen) FROM payout_run")

    def count(self, *states):
        return self.number("SELECT count(*) FROM payout WHERE state = ANY ('{" + ",".join(states) + "}')")


class Stub(Process):
    """The provider, as our tests have it: it knows keys, counts what came in each second, and refuses beyond its limit."""

    def __init__(self, limit):
        tests = ROOT / "target" / "test-classes"
        classpath = os.pathsep.join([str(tests), f"{ROOT}/target/classes", CLASSPATH.read_text().strip()])
        super().__init__("stub", [JAVA, "-Xmx640m", "-cp", classpath, "dev.tributary.payout.rail.StubMain", "stripe", "0"])
        deadline = time.time() + 30
        while "http" not in self.log.read_text():
            self.check()
            if time.time() > deadline:
                sys.exit("the stub did not start within 30 s")
            time.sleep(0.1)
        self.url = next(line for line in self.log.read_text().splitlines() if line.startswith("http")).strip()
        self.tell("limit", perSecond=limit)
        self.tell("payees", destination="*")

    def tell(self, what, **body):
        request = urllib.request.Request(f"{self.url}/stub/{what}", data=json.dumps(body).encode(), method="POST")
        return json.loads(urllib.request.urlopen(request, timeout=10).read())

    def state(self):
        return json.loads(urllib.request.urlopen(f"{self.url}/stub/state", timeout=120).read())


def kill(process):
    process.process.send_signal(signal.SIGKILL)
    process.process.wait()


def selected(stores, affiliates, look):
    """Carries out the run, killed once in its middle; answers its seconds without the start-ups, and the heap in each tenth."""
    arguments = ("payouts", "--program", typed("prg", "018f0000-0000-7000-9000-000000000001"), "--kind", "monthly")
    command, heaps, since, spent, killed = Command(stores, "payouts", *arguments), [], None, 0.0, False
    while look.seen() < affiliates:
        seen, now = look.seen(), time.monotonic()
        since = since or (now if seen else None)
        if since and not killed and seen >= affiliates * 0.55:
            spent += now - since
            kill(command)
            killed, since, before = True, None, seen
            command = Command(stores, "payouts-again", *arguments)
            # no time counts before the first new step
            while look.seen() == before:
                command.check()
                time.sleep(LOOK)
            since = time.monotonic()
        elif seen >= affiliates * (len(heaps) + 1) // TENTHS:
            measured = time.monotonic()
            heaps.append(command.live_heap_mb())
            if since:
                since += time.monotonic() - measured
            say(f"{seen} looked at, heap {heaps[-1]:.0f} MB")
        if command.process.poll() is not None and look.seen() < affiliates:
            sys.exit(f"the run ended early:\n{command.log.read_text()[-3000:]}")
        time.sleep(LOOK)
    spent += time.monotonic() - (since or time.monotonic())
    command.end(300)
    return spent, [mb for mb in heaps if mb]


def plain(stores):
    """The same rows written by plain SQL into tables of the same form, a thousand payouts a transaction; rows and seconds."""
    rows = 0
    for table in [*WRITTEN, "ledger_balance"]:
        stores.sql(f"CREATE TABLE plain_{table} (LIKE {table} INCLUDING ALL EXCLUDING IDENTITY)")
    stores.sql("INSERT INTO plain_ledger_balance SELECT enrollment_id, currency, 0, in_transit, 0 FROM ledger_balance")
    stores.sql("CREATE TABLE plain_part AS SELECT id, enrollment_id, (row_number() OVER (ORDER BY id) - 1) / 1000 AS part FROM payout WHERE run_id IS NOT NULL")
    stores.sql("CREATE INDEX ON plain_part (part)")
    stores.sql("ANALYZE plain_part")
    keys = {"payout": "id", "payout_commission": "payout_id", "payout_history": "payout_id", "outbox_event": "aggregate_id", "audit_entry": "object_id", "ledger_entry": "source_id"}
    # what is copied is gathered first, in the order of the parts, so that only the writing is measured
    for table, which in WRITTEN.items():
        stores.sql(f"CREATE TABLE from_{table} AS SELECT p.part, t.* FROM {table} t JOIN plain_part p ON p.id = t.{keys[table]} WHERE {which}")
        stores.sql(f"CREATE INDEX ON from_{table} (part)")
        rows += int(stores.sql(f"SELECT count(*) FROM from_{table}"))
    stores.sql("VACUUM ANALYZE")
    columns = {table: stores.sql(f"SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'plain_{table}'::regclass AND attnum > 0 AND attgenerated = '' AND NOT attisdropped") for table in WRITTEN}
    copies = "".join(f"INSERT INTO plain_{table} ({columns[table]}) SELECT {columns[table]} FROM from_{table} WHERE part = n;" for table in WRITTEN)
    stores.sql(f"""CREATE PROCEDURE plain_write() LANGUAGE plpgsql AS $$ BEGIN
        FOR n IN 0..(SELECT max(part) FROM plain_part) LOOP
            {copies}
            UPDATE plain_ledger_balance b SET in_transit = b.available, available = 0 FROM plain_part p WHERE p.part = n AND p.enrollment_id = b.enrollment_id;
            COMMIT;
        END LOOP; END $$""")
    began = time.monotonic()
    stores.sql("CALL plain_write()")
    took = time.monotonic() - began
    for table in WRITTEN:
        stores.sql(f"DROP TABLE plain_{table}, from_{table}")
    return rows, took


def sent(stores, affiliates, look, limit):
    """Sends all, killed once; answers seconds until all were frozen and until all were paid, without the time away, and the stub."""
    stub = Stub(limit)
    settings = dict(TRIBUTARY_CRYPTO_MASTER_KEY=MASTER, TRIBUTARY_STRIPE_API_KEY="sk_test_stub", TRIBUTARY_STRIPE_API_BASE=stub.url,
                    TRIBUTARY_STRIPE_CONCURRENCY="64", TRIBUTARY_PAYOUT_STRIPE_PER_SECOND=str(limit), TRIBUTARY_JOB_SCHEDULE="off")
    app, began, away, frozen = App(stores, "payouts-app", **settings), time.monotonic(), 0.0, 0.0
    killed = False
    while look.count("requested", "approved", "submitted", "unknown"):
        app.check()
        waiting = look.count("approved", "requested")
        if not killed and waiting < affiliates * 0.6:
            down = time.monotonic()
            kill(app)
            app, killed = App(stores, "payouts-app-again", **settings), True
            away = time.monotonic() - down
        if not waiting and not frozen:
            frozen = time.monotonic() - began - away
            say(f"all were claimed within {frozen:.0f} s")
        time.sleep(LOOK * 20)
        if time.monotonic() - began > affiliates / limit * 3 + 1_800:
            sys.exit(f"{look.count('submitted', 'unknown')} payouts are still under way")
    return frozen, time.monotonic() - began - away, stub.state(), app


def payouts(affiliates=100_000, commissions=50, limit=500):
    # a run leaves out whose rail has no key
    os.environ.update(TRIBUTARY_CRYPTO_MASTER_KEY=MASTER, TRIBUTARY_STRIPE_API_KEY="sk_test_stub")
    stores = Stores("stores-payouts", buffers="1GB")
    # Makes the schema. 75: PostgreSQL does not answer yet.
    while not Command(stores, "payouts-prepare", "retention").end(120, 75):
        say("once more")
    fill(stores, affiliates, commissions)
    look = Progress(stores)
    run_seconds, heaps = selected(stores, affiliates, look)
    say(f"selected and reserved in {run_seconds:.0f} s")
    rows, plain_seconds = plain(stores)
    frozen, paid, state, app = sent(stores, affiliates, look, limit)
    done, twice = look.count("paid"), len(state["moved"]) - len({each["payout"] for each in state["moved"]})
    app.stop()
    books = Command(stores, "check-books", "check-books").end(1_200, 1)
    look.close()
    half = max(1, len(heaps) // 2)
    return [
        ("seconds to select, reserve and freeze", f"{run_seconds + frozen:.0f}", "under 300",
         f"{run_seconds:.0f} to select and reserve, {frozen:.0f} to freeze as they are sent at most {limit} a second"),
        ("reserving beside plain SQL that writes the same rows", f"{plain_seconds / run_seconds:.2f}", "at least 0.5",
         f"{rows} rows in {run_seconds:.0f} s against {plain_seconds:.0f} s"),
        ("heap after a full collection, second half of the run of the first",
         f"{sum(heaps[half:]) / max(1, len(heaps[half:])) / max(1, sum(heaps[:half]) / half):.2f}", "about 1", ", ".join(f"{mb:.0f}" for mb in heaps) + " MB"),
        ("most transfers in any second", str(state["fastest"]), f"at most {limit}", f"{state['moves']} requests in {paid:.0f} s"),
        ("paid, of affiliates; paid twice", f"{done} of {affiliates}; {twice}", "all; 0", "the run was killed once (kill -9), and so was the sender"),
        ("check-books afterwards", "clean" if books else "NOT CLEAN", "clean", ""),
    ], {}
