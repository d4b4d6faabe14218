"""Sales posted singly and in batches until they stand in the ledger, beside pgbench on the same PostgreSQL."""
import base64, hashlib, json, os, re, statistics, subprocess, sys, time

from .api import ID, PROGRAM, fill
from .house import HOME, LOADS, App, Stores, cpu_seconds, require, say

SECRET = "trk_" + base64.urlsafe_b64encode(hashlib.sha256(b"load-merchant").digest()).decode().rstrip("=")
KEY = [
    f"INSERT INTO api_key_owner (kind, id) VALUES ('program', {PROGRAM})",
    f"""INSERT INTO api_key (id, owner_kind, owner_id, name, hint, hash, scopes, created_at)
        VALUES ({ID.format(n='999999999')}, 'program', {PROGRAM}, 'load', '{SECRET[:10]}', sha256('{SECRET}'), '{{track:write}}', now())""",
]
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
CLICKS = 100_000
SALES = 20_000
SCALE = 50


def typed(prefix, uuid):
    """The public form of an id."""
    number, text = int(uuid.replace("-", ""), 16), ""
    for _ in range(26):
        text, number = ALPHABET[number & 31] + text, number >> 5
    return f"{prefix}_{text}"


class Shop:
    """A merchant's server that posts sales."""

    def __init__(self, app, stores):
        self.app, self.stores, self.runs = app, stores, 0
        rows = stores.sql(f"SELECT string_agg(id::text, ' ') FROM (SELECT id FROM click TABLESAMPLE SYSTEM (5) WHERE program_id = {PROGRAM} LIMIT {CLICKS}) c")
        self.file = HOME / "sales.clicks"
        self.file.write_text("\n".join(typed("clk", uuid) for uuid in rows.split()) + "\n")

    def post(self, seconds, batch=1, connections=32, rate=0):
        """Posts as fast as answers come, or at a rate, and waits until everything that was taken is booked."""
        require("wrk")
        self.runs += 1
        before, began = self.booked(), time.time()
        cpu = cpu_seconds(self.app.pid), self.stores.cpu()
        out = subprocess.run(
            ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(LOADS / "conversions.lua"), self.app.url],
            capture_output=True, text=True,
            env={**os.environ, "REQUESTS": str(self.file), "KEY": f"Bearer {SECRET}", "BATCH": str(batch),
                 "RUN": f"{time.time_ns()}-{self.runs}", "PAUSE": str(round(1000 * connections / rate) if rate else 0)})
        found = re.search(r"RESULT (\{.*\})", out.stdout)
        if not found:
            sys.exit(f"wrk failed:\n{out.stdout}\n{out.stderr}")
        result = json.loads(found.group(1))
        deadline = time.time() + 120
        while int(self.stores.sql("SELECT count(*) FROM conversion_due")):
            if time.time() > deadline:
                sys.exit("conversions still wait for their commissions after 120 s")
            time.sleep(0.2)
        took, done = time.time() - began, self.booked() - before
        result.update(rate=done / took, sales=done, took=took, app_us=(cpu_seconds(self.app.pid) - cpu[0]) / max(1, done) * 1e6,
                      stores_us=(self.stores.cpu() - cpu[1]) / max(1, done) * 1e6)
        if result["bad"] or result["errors"]:
            say(f"{result['bad']} answers that are no 2xx, {result['errors']} errors")
        return result

    def booked(self):
        """Sales whose commission has its entry in the ledger."""
        return int(self.stores.sql("SELECT count(*) FROM ledger_entry WHERE kind = 'earn'"))


def tpcb(stores, seconds):
    """Transactions a second of pgbench's own script."""
    require("pgbench")
    out = subprocess.run(
        ["pgbench", "-h", "127.0.0.1", "-p", stores.env["POSTGRES_PORT"], "-U", stores.env["QUARKUS_DATASOURCE_USERNAME"], "-c", "32", "-j", "2",
         "-M", "prepared", "-n", "-T", str(seconds), "pgbench"], capture_output=True, text=True)
    found = re.search(r"tps = ([0-9.]+)", out.stdout)
    if not found:
        sys.exit(f"pgbench failed:\n{out.stdout}\n{out.stderr}")
    return float(found.group(1))


def attribution(stores):
    """The rows of attribution.sh: evidence, conversions, clicks found, p50, p99 and p99.9 in milliseconds."""
    require("psql")
    url = f"postgresql://{stores.env['QUARKUS_DATASOURCE_USERNAME']}@127.0.0.1:{stores.env['POSTGRES_PORT']}/tributary"
    out = subprocess.run([str(LOADS / "attribution.sh"), url, str(SALES)], capture_output=True, text=True, check=True).stdout
    say(out)
    return [row for row in ([f.strip() for f in line.split("|")] for line in out.splitlines()) if len(row) == 6 and row[0] != "evidence"]


def conversions(seconds=30, rounds=3, affiliates=10_000, clicks=20_000_000):
    stores = Stores("stores-conversions", buffers="2GB")
    app = App(stores, "app-conversions")
    stored = fill(stores, affiliates, clicks)
    attributed = attribution(stores)
    for text in KEY:
        stores.sql(text)
    stores.sql("CREATE DATABASE pgbench")
    subprocess.run(["pgbench", "-h", "127.0.0.1", "-p", stores.env["POSTGRES_PORT"], "-U", stores.env["QUARKUS_DATASOURCE_USERNAME"], "-i", "-q",
                    "-s", str(SCALE), "pgbench"], check=True, capture_output=True)
    shop = Shop(app, stores)
    say("warming up")
    if not shop.post(max(10, seconds))["sales"]:
        sys.exit("no sale was booked")
    shop.post(max(5, seconds // 3), batch=1000, connections=2)
    single, batches, bad = [], [], 0
    for turn in range(rounds):
        one, base = shop.post(seconds), tpcb(stores, seconds)
        many = shop.post(seconds, batch=1000, connections=4)
        single.append(one["rate"] / base)
        batches.append(many["rate"] / one["rate"])
        bad += one["bad"] + one["errors"] + many["bad"] + many["errors"]
        say(f"round {turn + 1}: single {one['rate']:.0f}/s (app {one['app_us']:.0f}, stores {one['stores_us']:.0f} us), pgbench {base:.0f}/s, "
            f"batches {many['rate']:.0f}/s (app {many['app_us']:.0f}, stores {many['stores_us']:.0f} us)")
    steady = shop.post(seconds, connections=8, rate=100)
    table = [
        ("single posts booked end to end, of pgbench's TPC-B", f"{statistics.median(single):.2f}", ">= 0.25, goal 0.5",
         f"{one['rate']:.0f} of {base:.0f} a second; median of {rounds} alternated runs of {seconds} s"),
        ("batches of 1,000, of single posts", f"{statistics.median(batches):.1f}", ">= 2", f"{many['rate']:.0f} a second"),
        *((f"attribution by {evidence}, p99", f"{p99} ms", "<= 5 ms", f"p50 {p50} ms, p99.9 {top} ms; {found} clicks found, {count} conversions, {stored} clicks stored")
          for evidence, count, found, p50, p99, top in attributed),
        ("p99 of a whole answer at 100 a second", f"{steady['p99_us'] / 1000:.1f} ms", "", "attribution is a part of it, which is to take <= 5 ms"),
        ("answers that were no 2xx", f"{bad}", "0", f"{stored} clicks stored"),
    ]
    return table, {"single": one, "batches of 1,000": many}
