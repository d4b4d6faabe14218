"""Figures over a year of a large program: how many rows, how long functions and reports take; and what their upkeep costs."""
import os, random, statistics, subprocess, sys, time, urllib.error, urllib.request

from .api import AUDIENCE, ISSUER, PEOPLE, affiliate
from .conversions import typed
from .imports import Command
from .house import CLASSPATH, JAVA, LOADS, ROOT, App, Stores, require, say

UUID = "018f0000-0000-7000-9000-000000000001"
WANTED = 150.0
DAYS, HOURLY = 365, 40
TOKENS = 200
ZIPF = random.Random(7)
TABLES = ["rollup_program_daily", "rollup_program_hourly", "rollup_daily", "rollup_monthly", "rollup_trailing", "rollup_share_monthly", "rollup_share_daily",
          "rollup_fact", "click_hourly", "conversion", "commission", "referral", "refund"]
# What is asked, of whom, over how many days back; a day of zero is asked by the hour.
FUNCTIONS = {
    "figures_total of the program": "SELECT * FROM figures_total($P, NULL, $FROM, $TO)",
    "figures_by_day of the program": "SELECT * FROM figures_by_day($P, NULL, $FROM, $TO)",
    "figures_by_hour of the program, a day": "SELECT * FROM figures_by_hour($P, NULL, $FROM)",
    "figures_by_cut of the program": "SELECT * FROM figures_by_cut($P, NULL, 'country', $FROM, $TO)",
    "figures_total of an affiliate": "SELECT * FROM figures_total($P, $A, $FROM, $TO)",
    "figures_by_day of an affiliate": "SELECT * FROM figures_by_day($P, $A, $FROM, $TO)",
    "figures_by_hour of an affiliate, a day": "SELECT * FROM figures_by_hour($P, $A, $FROM)",
    "figures_by_cut of an affiliate": "SELECT * FROM figures_by_cut($P, $A, 'country', $FROM, $TO)",
    "figures_by_link of an affiliate": "SELECT * FROM figures_by_link($P, $A, $FROM, $TO)",
}
RANGES = {"7d": "today - 6", "30d": "today - 29", "90d": "today - 89", "12m": "(date_trunc('month', today) - interval '11 months')::date",
          "today": "today", "odd": "today - 45"}
RANKING = {
    "best affiliates by sales": "SELECT affiliate_id, sales FROM figures_by_affiliate($P, $FROM, $TO) ORDER BY sales DESC LIMIT 100",
    "best affiliates, every figure": "SELECT * FROM figures_by_affiliate($P, $FROM, $TO) ORDER BY revenue_minor DESC LIMIT 100",
    "best links by clicks": "SELECT link_id, clicks FROM figures_by_link($P, NULL, $FROM, $TO) ORDER BY clicks DESC LIMIT 100",
}


class Psql:
    """One session; each text is timed by the server, so that starting psql counts for nothing."""

    def __init__(self, stores):
        require("psql")
        self.base = ["psql", "-h", "127.0.0.1", "-p", stores.env["POSTGRES_PORT"], "-U", stores.env["QUARKUS_DATASOURCE_USERNAME"], "-qAtX"]

    def file(self, path, **variables):
        command = [*self.base, "-f", str(path), *[f"-v{k}={v}" for k, v in variables.items()], "tributary"]
        if subprocess.run(command, stdout=sys.stderr).returncode:
            sys.exit(f"{path} failed")

    def ask(self, text):
        out = subprocess.run([*self.base, "-c", text, "tributary"], capture_output=True, text=True)
        if out.returncode:
            sys.exit(f"SQL failed: {text}\n{out.stderr}")
        return out.stdout.strip()

    def times(self, texts):
        """Milliseconds of each, its first run of all left out."""
        script = "\\timing on\n\\o /dev/null\n" + "".join(text + ";\n" for text in texts)
        out = subprocess.run([*self.base, "tributary"], input=script, capture_output=True, text=True)
        if out.stderr:
            sys.exit(out.stderr)
        return [float(line.split()[1]) for line in out.stdout.splitlines() if line.startswith("Time:")]


def someone(affiliates):
    """Half of those who ask are anybody, half are the large ones by their share."""
    return ZIPF.randint(1, affiliates) if ZIPF.random() < 0.5 else int(affiliates ** ZIPF.random())


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def functions(psql, affiliates, rounds):
    table, today = [], psql.ask("SELECT (now() AT TIME ZONE 'America/New_York')::date")
    day = {name: psql.ask(f"SELECT ({text})::date FROM (SELECT '{today}'::date AS today) t") for name, text in RANGES.items()}

    def text(sql, span):
        end = day["today"]
        return (sql.replace("$P", f"'{UUID}'").replace("$A", f"'{affiliate(someone(affiliates))}'").replace("$FROM", f"'{day[span]}'::date")
                .replace("$TO", f"'{end}'::date + 1"))

    for name, sql in FUNCTIONS.items():
        spans = ["today"] if "a day" in name else ["7d", "30d", "90d", "12m", "odd"]
        times = psql.times([text(sql, span) for _ in range(rounds // len(spans) + 1) for span in spans])
        table.append(row(name, times, ", ".join(spans)))
    for name, sql in RANKING.items():
        for span in RANGES:
            table.append(row(f"{name}, {span}", psql.times([text(sql, span) for _ in range(max(5, rounds // 10))])[1:], "uncached"))
    return table


def row(name, times, note):
    return (f"p95 of {name}", f"{percentile(times, .95):.0f} ms", f"<= {WANTED:.0f} ms", f"p50 {statistics.median(times):.0f} ms, {len(times)} times; {note}")


def requests():
    """Each line of the list with those who may ask it."""
    made = []
    for line in (LOADS / "analytics-urls.txt").read_text().splitlines():
        if line and line[0] != "#":
            who, url = line.split(" ", 1)
            made.append((line, who, url.replace("{program}", typed("prg", UUID))))
    return made


def reports(app, affiliates, rounds, signed, staff):
    table = []
    for line, who, url in requests():
        times, bad = [], ""
        for turn in range(max(20, rounds // 4)):
            n = someone(min(affiliates, len(signed)))
            asked = url.replace("{affiliate}", typed("aff", affiliate(n)))
            token = staff if who == "admin" else signed[n - 1]
            request = urllib.request.Request(app.url + asked, headers={"Authorization": f"Bearer {token}", "Accept": "application/json"})
            began = time.perf_counter()
            try:
                urllib.request.urlopen(request, timeout=30).read()
            except urllib.error.HTTPError as refused:
                bad = f"{refused.code}: {refused.read().decode()[:120]}"
                break
            if turn >= 3:
                times.append((time.perf_counter() - began) * 1000)
        table.append(row(line, times, "through HTTP") if times else (line, "refused", "200", bad))
    return table


def analytics(millions=100, affiliates=100_000, conversions=1_000_000, rounds=200):
    told = subprocess.run([JAVA, str(LOADS / "Tokens.java"), str(min(TOKENS, affiliates)), ISSUER, AUDIENCE, "admin"],
                          capture_output=True, text=True, check=True)
    key, *signed, staff = told.stdout.split()
    stores = Stores("stores-analytics", buffers="2GB")
    app = App(stores, "app-analytics", QUARKUS_OIDC_PUBLIC_KEY=key, QUARKUS_OIDC_TOKEN_ISSUER=ISSUER, QUARKUS_OIDC_TOKEN_AUDIENCE=AUDIENCE,
              TRIBUTARY_JOB_SCHEDULE="off", TRIBUTARY_ANALYTICS_ROLLUP_FOLDING="false")
    psql = Psql(stores)
    for text in PEOPLE:
        stores.sql(text.replace("$AFFILIATES", str(affiliates)).replace("$KEYS", "10"))
    began = time.time()
    psql.file(LOADS / "analytics.sql", clicks=millions * 1_000_000, conversions=conversions, affiliates=affiliates, days=DAYS, hourly=HOURLY)
    say(f"{millions} million clicks of a year stored in {time.time() - began:.0f} s")
    psql.ask(f"SELECT rollup_ask('{UUID}', w.since, now()) FROM rollup_windows((now() AT TIME ZONE 'America/New_York')::date) w")
    began, windows = time.time(), 0
    while psql.ask("SELECT rollup_trail(now())::int") == "1":
        windows += 1
    took = time.time() - began
    began, days = time.time(), 0
    while psql.ask("SELECT rollup_share(now(), 100)::int") == "1":
        days += 1
    shared = (time.time() - began) / days
    psql.ask("VACUUM ANALYZE rollup_trailing, rollup_share_daily")
    began = time.time()
    Command(stores, "job-cohorts", "cohorts").end(600)
    cohorts = time.time() - began
    table = [(f"rows of {name}", f"{int(psql.ask(f'SELECT count(*) FROM {name}')):,}", "", psql.ask(f"SELECT pg_size_pretty(pg_total_relation_size('{name}'))"))
             for name in TABLES]
    table.append(("windows added up, once a day", f"{took:.1f} s", "", f"{windows} windows"))
    table.append(("busy days added up, once a day", f"{shared:.1f} s", "", f"{days} days, each of all affiliates"))
    table.append(("the job cohorts, every quarter of an hour", f"{cohorts:.1f} s", "", "the command whole, start included"))
    table += functions(psql, affiliates, rounds)
    table += reports(app, affiliates, rounds, signed, staff)
    return table, {}


def upkeep(clicks=200_000, rounds=3):
    """Landing by the lander's own statement with and without marks, and folding, in alternated rounds: PostgreSQL's and this process's CPU."""
    stores = Stores("stores-upkeep", buffers="512MB")
    App(stores, "app-upkeep", TRIBUTARY_JOB_SCHEDULE="off", TRIBUTARY_ANALYTICS_ROLLUP_FOLDING="false").stop()
    classpath = os.pathsep.join([str(ROOT / "target" / "test-classes"), f"{ROOT}/target/classes", CLASSPATH.read_text().strip()])
    out = subprocess.run([JAVA, "-Xmx256m", "-cp", classpath, "dev.tributary.click.LandingUpkeep", stores.env["QUARKUS_DATASOURCE_REACTIVE_URL"],
                          stores.env["QUARKUS_DATASOURCE_USERNAME"], stores.env["POSTGRES_PID"], str(clicks), str(rounds)],
                         capture_output=True, text=True, env={**os.environ, **stores.env})
    if out.returncode:
        sys.exit(out.stderr[-3000:])
    table = []
    for line in out.stdout.splitlines():
        name, plain, marked, folded, ratio = line.split("\t")
        table.append((f"upkeep of the rollups, of landing: {name}", f"{float(ratio):.0%}", "<= 50 %",
                      f"landing {plain} us a click, with marks {marked} us, folding {folded} us; median of {rounds} alternated rounds of {clicks} clicks"))
    return table, {}
