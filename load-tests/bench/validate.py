"""Validations of discount codes beside nginx: throughput, latency at a steady rate, start-up with a million codes, PostgreSQL away."""
import json, os, random, re, signal, statistics, subprocess, sys, time, urllib.request

from .house import HOME, LOADS, App, Nginx, Stores, cpu_seconds, require, say

CHUNK = 250_000
PATHS = 20_000
PROGRAM = "'018f0000-0000-7000-9000-000000000001'::uuid"
PROGRAM_ROW = f"""
    INSERT INTO program (id, name, slug, landing_url, allowed_hosts, currency, time_zone, utm_source, created_at, updated_at)
    VALUES ({PROGRAM}, 'Load', 'load', 'https://load.example/', '{{load.example}}', 'EUR', 'UTC', 'load', now(), now())"""
# A thousand different terms, as if a thousand batches had been generated; each code may be used a hundred times.
CODES = f"""
    INSERT INTO discount_code (id, program_id, code, code_key, status, discount_type, value, duration, max_uses,
                               max_uses_per_customer, expires_at, created_at, updated_at)
    SELECT ('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, {PROGRAM}, 'LOAD-' || upper(to_hex(n)),
           'LOAD-' || upper(to_hex(n)), 'active', 'percentage', 100 + n / 1000 % 1000, 'once', 100, 1,
           timestamptz '2090-01-01 00:00:00Z', now(), now()
      FROM generate_series($FROM, $TO) n"""


def fill(stores, codes):
    stores.sql(PROGRAM_ROW)
    for begin in range(1, codes + 1, CHUNK):
        stores.sql(CODES.replace("$FROM", str(begin)).replace("$TO", str(min(codes, begin + CHUNK - 1))))
        say(f"{min(codes, begin + CHUNK - 1)} codes stored")
    stores.sql("ANALYZE discount_code")


def paths(codes):
    pick = random.Random(17)
    file = HOME / "validate.requests"
    file.write_text("".join(
        f"/api/discount-codes/validate?code=LOAD-{pick.randint(1, codes):X}&amount={pick.randint(100, 100_000)}&currency=EUR\n"
        for _ in range(PATHS)))
    return file


def load(url, file, seconds, rate=0, connections=64):
    require("wrk")
    pause = round(1000 * connections / rate) if rate else 0
    out = subprocess.run(
        ["wrk", f"-t{min(2, os.cpu_count() or 1)}", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s",
         "-s", str(LOADS / "validate.lua"), url],
        capture_output=True, text=True, env={**os.environ, "REQUESTS": str(file), "PAUSE": str(pause)})
    found = re.search(r"RESULT (\{.*\})", out.stdout)
    if not found:
        sys.exit(f"wrk failed:\n{out.stdout}\n{out.stderr}")
    result = json.loads(found.group(1))
    result["rate"] = result["good"] / result["seconds"]
    return result


def cached(app, codes):
    """Seconds until every code is in memory."""
    began = time.time()
    while app.metric("tributary_promo_cached") < codes:
        app.check()
        if time.time() - began > 180:
            sys.exit("the codes were not read within three minutes")
        time.sleep(0.2)
    return time.time() - began


def away(app, stores, file, codes):
    """What is told while PostgreSQL is dead: the previews that memory has, marked as stale."""
    os.kill(int(stores.env["POSTGRES_PID"]), signal.SIGKILL)
    began = time.time()
    while '"stale":true' not in told(app, codes):
        if time.time() - began > 30:
            sys.exit("no answer was marked as stale within 30 s")
        time.sleep(0.1)
    noticed = time.time() - began
    calm = load(app.url, file, 5, rate=500)
    return [("good previews while PostgreSQL is dead", f"{calm['good']} of {calm['requests']}", "all",
             f"marked as stale after {noticed:.1f} s; p99 {calm['p99_us'] / 1000:.1f} ms at 500 a second")]


def told(app, codes):
    url = f"{app.url}/api/discount-codes/validate?code=LOAD-{codes:X}&amount=1000&currency=EUR"
    return urllib.request.urlopen(url, timeout=5).read().decode()


def validate(seconds=30, rounds=3, codes=1_000_000):
    stores = Stores("stores-validate")
    first = App(stores, "app-validate-empty")
    first.stop()
    fill(stores, codes)
    app = App(stores, "app-validate")
    reading = app.first_redirect + cached(app, codes)
    nginx = Nginx()
    file = paths(codes)
    say("warming up")
    load(app.url, file, max(10, seconds // 2))
    load(nginx.url, file, 3)
    ratios, bad, spent, answered = [], 0, 0.0, 0
    for turn in range(rounds):
        before = cpu_seconds(app.pid)
        ours = load(app.url, file, seconds)
        spent += cpu_seconds(app.pid) - before
        answered += ours["requests"]
        base = load(nginx.url, file, seconds)
        ratios.append(ours["rate"] / base["rate"])
        bad += ours["bad"] + ours["errors"]
        say(f"round {turn + 1}: {ours['rate']:.0f}/s of nginx {base['rate']:.0f}/s = {ratios[-1]:.3f}")
    steady = load(app.url, file, seconds, rate=2000)
    bad += steady["bad"] + steady["errors"]
    table = [
        ("validations, of nginx `return 200`", f"{statistics.median(ratios):.2f}", ">= 0.30",
         f"{ours['rate']:.0f} of {base['rate']:.0f} a second; median of {rounds} alternated runs of {seconds} s"),
        ("p99 at 2,000 a second", f"{steady['p99_us'] / 1000:.1f} ms", "<= 10 ms", f"{steady['rate']:.0f} a second reached"),
        ("CPU a validation", f"{spent / max(1, answered) * 1e6:.1f} us", "", "of the application"),
        ("answers without a preview", f"{bad}", "0", f"{codes} codes stored"),
        ("start-up until all codes are in memory", f"{reading:.1f} s", "", ""),
        ("resident memory", f"{app.rss_mb():.0f} MB", "", os.environ.get("JAVA_OPTS", "-Xmx512m")),
    ]
    table += away(app, stores, file, codes)
    curves = {"Tributary": ours, "nginx": base, "Tributary at 2,000 a second": steady}
    app.stop()
    nginx.stop()
    stores.stop()
    return table, curves
