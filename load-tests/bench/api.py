"""The affiliates' reads beside a bare endpoint: throughput, latency at a steady rate, and what the checks of who asks cost."""
import base64, hashlib, json, os, pathlib, re, statistics, subprocess, sys, time, urllib.error, urllib.request
from concurrent.futures import ThreadPoolExecutor

from .house import HOME, JAVA, LOADS, App, Process, Stores, cpu_seconds, free_port, require, say

BARE = LOADS / "bare" / "target" / "quarkus-app" / "quarkus-run.jar"
ISSUER, AUDIENCE = "https://load.example", "tributary"
# Each may ask a hundred times an hour, so there are as many as the longest run needs.
KEYS, TOKENS = 20_000, 2_000
CHUNK = 250_000

# Affiliate, enrollment and link n have one id; a program's is fixed. All are UUIDv7 values of 2024.
ID = "('018f0000-0000-7000-8000-' || lpad(to_hex({n}), 12, '0'))::uuid"
PROGRAM = "'018f0000-0000-7000-9000-000000000001'::uuid"
PEOPLE = [
    f"""INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, created_at, updated_at)
        VALUES ({PROGRAM}, 'Load', 'load', 'https://load.example/', '{{load.example}}', 'USD', 'America/New_York', 'load', now(), now())""",
    f"""INSERT INTO tier (id, program_id, name, rank, min_conversions, rate_bps, created_at, updated_at)
        SELECT {ID.format(n='n')}, {PROGRAM}, 'Tier ' || n, n, (n - 1) * 10, n * 500, now(), now() FROM generate_series(1, 3) n""",
    f"""INSERT INTO affiliate (id, name, email, email_key, status, issuer, subject, created_at, updated_at)
        SELECT {ID.format(n='n')}, 'Affiliate ' || n, n || '@load.example', n || '@load.example', 'active', '{ISSUER}', n::text, now(), now()
          FROM generate_series(1, $AFFILIATES) n""",
    "INSERT INTO referral_code (code_key, created_at) SELECT 'LOAD' || n, now() FROM generate_series(1, $AFFILIATES) n",
    f"""INSERT INTO enrollment (id, program_id, affiliate_id, status, referral_code, code_key, approved_at, created_at, updated_at)
        SELECT {ID.format(n='n')}, {PROGRAM}, {ID.format(n='n')}, 'active', 'LOAD' || n, 'LOAD' || n, now(), now(), now()
          FROM generate_series(1, $AFFILIATES) n""",
    f"""INSERT INTO link (id, enrollment_id, program_id, affiliate_id, code, code_key, status, created_at, updated_at)
        SELECT {ID.format(n='n')}, {ID.format(n='n')}, {PROGRAM}, {ID.format(n='n')}, 'LOAD' || n, 'LOAD' || n, 'active', now(), now()
          FROM generate_series(1, $AFFILIATES) n""",
    f"INSERT INTO api_key_owner (kind, id) SELECT 'affiliate', {ID.format(n='n')} FROM generate_series(1, $KEYS) n",
    f"""INSERT INTO api_key (id, owner_kind, owner_id, name, hint, hash, scopes, created_at)
        SELECT {ID.format(n='n')}, 'affiliate', {ID.format(n='n')}, 'load', left(secret, 10), sha256(secret::bytea), '{{}}', now()
          FROM (SELECT n, 'tra_' || rtrim(translate(encode(sha256(('load-' || n)::bytea), 'base64'), '+/', '-_'), '=') AS secret
                  FROM generate_series(1, $KEYS) n) made""",
]
# The days that the clicks are on; the newest two have their partitions from the application.
DAYS = 28
FLOOR = ("left(lpad(to_hex((extract(epoch FROM {day}::timestamp AT TIME ZONE 'UTC') * 1000)::bigint), 12, '0'), 8) || '-' || "
         "right(lpad(to_hex((extract(epoch FROM {day}::timestamp AT TIME ZONE 'UTC') * 1000)::bigint), 12, '0'), 4) || "
         "'-0000-0000-000000000000'")
PARTITIONS = f"""
    DO $do$ DECLARE d date; BEGIN
        FOR d IN SELECT generate_series((now() AT TIME ZONE 'UTC')::date - {DAYS + 1}, (now() AT TIME ZONE 'UTC')::date, '1 day') LOOP
            IF to_regclass('click_' || to_char(d, 'YYYYMMDD')) IS NULL THEN
                EXECUTE format('CREATE TABLE %I PARTITION OF click FOR VALUES FROM (%L) TO (%L)', 'click_' || to_char(d, 'YYYYMMDD'),
                               {FLOOR.format(day='d')}, {FLOOR.format(day='(d + 1)')});
            END IF;
        END LOOP;
    END $do$"""
CLICKS = f"""
    INSERT INTO click (id, clicked_at, link_id, program_id, affiliate_id, visitor_id, origin, traffic, visit, credited, flood, ip_prefix,
                       ip_hash, fingerprint, country, device, os, browser, referrer_host, landing_page, src, sub1, sub2, sub3, sub4, sub5,
                       external_click_id, fetch_dest, fetch_mode, fetch_site)
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' ||
            substr(md5(random()::text), 1, 15))::uuid,
           at, {ID.format(n='a')}, {PROGRAM}, {ID.format(n='a')},
           (lpad(to_hex((extract(epoch FROM now() - interval '{DAYS + 1} days') * 1000)::bigint), 12, '0') || '7' ||
            substr(md5((n / 3)::text), 1, 3) || '8' || substr(md5((n / 3)::text), 4, 15))::uuid, 'redirect', 'human', CASE WHEN n % 5 = 0 THEN 'duplicate' ELSE 'unique' END,
           true, false, '192.0.2.0/24', sha256(n::text::bytea), sha256(n::text::bytea), 'US', 'phone', 'iOS', 'Safari', '', '/',
           (ARRAY['', 'newsletter', 'youtube', 'blog'])[n % 4 + 1], '', '', '', '', '', '', '', '', ''
      FROM (SELECT n, (n % $AFFILIATES + 1) AS a, now() - interval '1 hour' - random() * interval '{DAYS} days' AS at
              FROM generate_series($FROM, $TO) n) made
    ON CONFLICT DO NOTHING"""
HOURLY = """
    INSERT INTO click_hourly (hour, link_id, src, country, device, program_id, affiliate_id, clicks, uniques, duplicates, unverified, bots,
                              prefetches, heads)
    SELECT date_trunc('hour', clicked_at), link_id, src, country, device, program_id, affiliate_id, count(*),
           count(*) FILTER (WHERE visit = 'unique'), count(*) FILTER (WHERE visit = 'duplicate'), 0, 0, 0, 0
      FROM click WHERE program_id = $PROGRAM
     GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5""".replace("$PROGRAM", PROGRAM)


def affiliate(n):
    return f"018f0000-0000-7000-8000-{n:012x}"


def secret(n):
    return "tra_" + base64.urlsafe_b64encode(hashlib.sha256(f"load-{n}".encode()).digest()).decode().rstrip("=")


def fill(stores, affiliates, clicks):
    for text in PEOPLE:
        stores.sql(text.replace("$AFFILIATES", str(affiliates)).replace("$KEYS", str(min(KEYS, affiliates))))
    say(f"{affiliates} affiliates stored")
    stores.sql(PARTITIONS)

    def chunk(start):
        end = min(clicks, start + CHUNK - 1)
        stores.sql(CLICKS.replace("$AFFILIATES", str(affiliates)).replace("$FROM", str(start)).replace("$TO", str(end)))
        say(f"clicks {start} to {end} stored")

    with ThreadPoolExecutor(max_workers=2) as both:
        list(both.map(chunk, range(1, clicks + 1, CHUNK)))
    stores.sql(HOURLY)
    stores.sql("VACUUM ANALYZE")
    return int(stores.sql("SELECT count(*) FROM click"))


def tokens(count):
    """The public key, and as many tokens."""
    out = subprocess.run([JAVA, str(LOADS / "Tokens.java"), str(count), ISSUER, AUDIENCE], capture_output=True, text=True, check=True)
    key, *signed = out.stdout.split()
    return key, signed


class Bare(Process):
    """The endpoint that the API is compared with."""

    def __init__(self, stores):
        if not BARE.exists():
            sys.exit("load-tests/bare is not built; run load-tests/api.sh without NO_BUILD")
        self.port = free_port()
        env = {**stores.env, "QUARKUS_HTTP_PORT": str(self.port), "QUARKUS_HTTP_HOST": "127.0.0.1"}
        super().__init__("bare", [JAVA, *os.environ.get("JAVA_OPTS", "-Xmx512m").split(), "-jar", str(BARE)], env)
        self.url = f"http://127.0.0.1:{self.port}"
        ready(self, f"{self.url}/affiliate/{affiliate(1)}", None)


def ready(process, url, secret):
    """Waits for the first 200, so that a wrong set-up ends here and not in a table of refusals."""
    deadline, answer = time.time() + 60, ""
    while time.time() < deadline:
        process.check()
        try:
            headers = {"Authorization": secret} if secret else {}
            urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=5).read()
            return
        except urllib.error.HTTPError as refused:
            answer = f"{refused.code} {refused.read().decode()}"
        except OSError as away:
            answer = str(away)
        time.sleep(0.2)
    sys.exit(f"{url} did not answer 200 within 60 s: {answer}")


class Target:
    """One address with the requests that are sent there."""

    def __init__(self, name, process, lines):
        self.name, self.process = name, process
        self.file = HOME / f"{name}.requests"
        self.file.write_text("\n".join(lines) + "\n")

    def load(self, seconds, rate=0, connections=64):
        require("wrk")
        pause = round(1000 * connections / rate) if rate else 0
        before, threads = cpu_seconds(self.process.pid), min(2, os.cpu_count() or 1)
        out = subprocess.run(["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(LOADS / "api.lua"),
                              self.process.url], capture_output=True, text=True,
                             env={**os.environ, "REQUESTS": str(self.file), "PAUSE": str(pause)})
        found = re.search(r"RESULT (\{.*\})", out.stdout)
        if not found:
            sys.exit(f"wrk failed:\n{out.stdout}\n{out.stderr}")
        result = json.loads(found.group(1))
        result["rate"] = result["good"] / result["seconds"]
        result["cpu_us"] = (cpu_seconds(self.process.pid) - before) / max(1, result["requests"]) * 1e6
        if result["bad"] or result["errors"]:
            say(f"[{self.name}] {result['bad']} answers that are no 200, {result['errors']} errors")
        return result


# Who a sample of the CPU works for: the first frame from the top that belongs to one of these.
CHECKS = ("dev.tributary.access.", "io.quarkus.oidc.", "io.smallrye.jwt.", "org.jose4j.", "io.quarkus.security.",
          "io.quarkus.vertx.http.runtime.security.")
OTHERS = ("dev.tributary.", "io.vertx.", "io.quarkus.", "org.jboss.resteasy.", "com.fasterxml.", "io.netty.", "io.opentelemetry.",
          "io.micrometer.")


def checks_share(target, seconds):
    """The share of the samples of the processor that a recording finds in the checks of who asks, and how many there were."""
    jcmd, jfr = (str(pathlib.Path(JAVA).with_name(tool)) if "/" in JAVA else tool for tool in ("jcmd", "jfr"))
    recording = HOME / f"{target.name}.jfr"
    recording.unlink(missing_ok=True)
    pid = str(target.process.pid)
    subprocess.run([jcmd, pid, "JFR.start", "name=load", "settings=profile"], check=True, capture_output=True)
    target.load(seconds)
    subprocess.run([jcmd, pid, "JFR.stop", "name=load", f"filename={recording}"], check=True, capture_output=True)
    out = subprocess.run([jfr, "print", "--events", "jdk.ExecutionSample", "--stack-depth", "64", str(recording)],
                         capture_output=True, text=True, check=True).stdout
    counted = spent = 0
    for sample in out.split("jdk.ExecutionSample {")[1:]:
        frames = [line.strip() for line in sample.split("stackTrace = [", 1)[-1].splitlines()]
        owner = next((f for f in frames if f.startswith(OTHERS + CHECKS)), None)
        if owner:
            counted += 1
            spent += owner.startswith(CHECKS)
    return (spent / counted if counted else 0.0), counted


def api(seconds=30, rounds=3, affiliates=100_000, clicks=5_000_000):
    key, signed = tokens(min(TOKENS, affiliates))
    stores = Stores("stores-api", buffers="2GB")
    app = App(stores, "app-api", QUARKUS_OIDC_PUBLIC_KEY=key, QUARKUS_OIDC_TOKEN_ISSUER=ISSUER, QUARKUS_OIDC_TOKEN_AUDIENCE=AUDIENCE)
    stored = fill(stores, affiliates, clicks)
    bare_app = Bare(stores)
    keys = range(1, min(KEYS, affiliates) + 1)
    profile = Target("profile", app, [f"/api/affiliate/profile\tBearer {token}" for token in signed])
    stats = Target("v1-stats", app, [f"/api/affiliate/v1/stats\tBearer {secret(n)}" for n in keys])
    bare = Target("bare", bare_app, [f"/affiliate/{affiliate(n * affiliates // 10_000 or 1)}" for n in range(1, 10_001)])
    ready(app, app.url + "/api/affiliate/profile", f"Bearer {signed[0]}")
    ready(app, app.url + "/api/affiliate/v1/stats", f"Bearer {secret(1)}")
    for one in (bare, profile, stats):
        say(f"[{one.name}] warming up")
        one.load(max(5, seconds // 2))
    ratios, curves, bad = {"profile": [], "v1-stats": []}, {}, 0
    for turn in range(rounds):
        runs = {one.name: one.load(seconds) for one in (bare, profile, stats)}
        for name, found in ratios.items():
            found.append(runs[name]["rate"] / runs["bare"]["rate"])
        bad += sum(run["bad"] + run["errors"] for run in runs.values())
        curves.update(runs)
        say(f"round {turn + 1}: " + ", ".join(f"{name} {run['rate']:.0f}/s, {run['cpu_us']:.0f} us" for name, run in runs.items()))
    table = [(f"throughput of {name}, of the bare endpoint", f"{statistics.median(found):.2f}", ">= 0.50",
              f"{curves[name]['rate']:.0f} of {curves['bare']['rate']:.0f} a second; median of {rounds} alternated runs of {seconds} s")
             for name, found in ratios.items()]
    for one in (profile, stats):
        steady = one.load(seconds, rate=500)
        bad += steady["bad"] + steady["errors"]
        table.append((f"p99 of {one.name} at 500 a second", f"{steady['p99_us'] / 1000:.1f} ms", "<= 20 ms", f"{steady['rate']:.0f} a second reached"))
    for one in (profile, stats):
        share, samples = checks_share(one, seconds)
        table.append((f"checks of who asks, of the CPU of {one.name}", f"{share:.0%}", "<= 25 %", f"{samples} samples by JFR at saturation"))
    table.append(("answers that were no 200", f"{bad}", "0", f"{affiliates} affiliates, {stored} clicks stored"))
    return table, curves
