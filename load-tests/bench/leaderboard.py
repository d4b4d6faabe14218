"""The affiliates' leaderboard beside bare endpoints of the same framework, and the job that computes it."""
import statistics, time

from .api import AUDIENCE, ID, ISSUER, PEOPLE, PROGRAM, Bare, Target, affiliate, ready, tokens
from .house import App, Stores, say
from .imports import Command

TOKENS = 2_000
# A few referrals for most, many for some; enough clicks for a rate; and commissions: all of this month or the one before.
FACTS = [
    f"UPDATE program SET leaderboard = true WHERE id = {PROGRAM}",
    f"""INSERT INTO referral (id, program_id, enrollment_id, affiliate_id, customer_external_id, status, signed_up_at)
        SELECT gen_random_uuid(), {PROGRAM}, {ID.format(n='a')}, {ID.format(n='a')}, 'c-' || a || '-' || k, 'signed_up',
               now() - (a + k) % 45 * interval '1 day'
          FROM generate_series(1, $AFFILIATES) a, generate_series(1, 1 + 200 / (1 + a / 50)) k""",
    f"""INSERT INTO commission (id, program_id, enrollment_id, affiliate_id, source_kind, source_id, rule, amount_minor, currency,
                                status, earned_at)
        SELECT gen_random_uuid(), {PROGRAM}, {ID.format(n='a')}, {ID.format(n='a')}, 'conversion', gen_random_uuid(), 'load',
               100 + a * 7919 % 100000, 'USD', 'pending', now() - a % 45 * interval '1 day'
          FROM generate_series(1, $AFFILIATES) a""",
    f"""INSERT INTO conversion (id, program_id, kind, external_id, enrollment_id, affiliate_id, amount_minor, currency, status,
                                occurred_at, decision)
        SELECT gen_random_uuid(), {PROGRAM}, 'sale', 's-' || a, {ID.format(n='a')}, {ID.format(n='a')}, 1000, 'USD', 'accepted',
               now() - a % 45 * interval '1 day', 1 FROM generate_series(1, $AFFILIATES) a""",
    f"""INSERT INTO click_hourly (hour, link_id, src, country, device, program_id, affiliate_id, clicks, uniques, duplicates,
                                  unverified, bots, prefetches, heads)
        SELECT date_trunc('hour', now() - a % 45 * interval '1 day'), {ID.format(n='a')}, '', 'US', 'phone', {PROGRAM},
               {ID.format(n='a')}, 20 + a * 31 % 200, 20, 0, 0, 0, 0, 0 FROM generate_series(1, $AFFILIATES) a""",
    f"SELECT rollup_rebuild({PROGRAM}, (now() - interval '60 days')::date, (now() + interval '1 day')::date)",
    "VACUUM ANALYZE",
]
KINDS = [(period, metric) for period in ("month", "last_month", "all") for metric in ("referrals", "earnings", "conversion_rate")]


def fill(stores, affiliates):
    for text in PEOPLE[:-2] + FACTS:
        stores.sql(text.replace("$AFFILIATES", str(affiliates)))
    say(f"{affiliates} affiliates with referrals, sales, clicks and commissions stored")
    while int(stores.sql("SELECT rollup_fold_facts(20000)")) > 0:
        pass


def compute(stores, name):
    """The job from the command line, as a CronJob runs it: seconds, and what it said."""
    began = time.time()
    command = Command(stores, name, "leaderboard")
    command.end(300)
    told = [line for line in command.log.read_text().splitlines() if line.startswith("computed ")]
    return time.time() - began, told[-1]


def leaderboard(seconds=30, rounds=3, affiliates=100_000):
    key, signed = tokens(min(TOKENS, affiliates))
    stores = Stores("stores-leaderboard", buffers="1GB")
    app = App(stores, "app-leaderboard", QUARKUS_OIDC_PUBLIC_KEY=key, QUARKUS_OIDC_TOKEN_ISSUER=ISSUER,
              QUARKUS_OIDC_TOKEN_AUDIENCE=AUDIENCE, TRIBUTARY_JOB_SCHEDULE="off")
    fill(stores, affiliates)
    first, told = compute(stores, "job-first")
    again, told_again = compute(stores, "job-again")
    say(f"computed in {first:.1f} s ({told}), and again in {again:.1f} s ({told_again})")
    bare_app = Bare(stores)
    # Affiliates from all over the ranking ask for all of its kinds.
    ours = Target("leaderboard", app, [f"/api/affiliate/leaderboard?period={p}&metric={m}\tBearer {token}"
                                       for n, token in enumerate(signed) for p, m in [KINDS[n % len(KINDS)]]])
    query = Target("bare-query", bare_app, [f"/affiliate/{affiliate(n * affiliates // 10_000 or 1)}" for n in range(1, 10_001)])
    nothing = Target("bare", bare_app, ["/board"])
    ready(app, app.url + "/api/affiliate/leaderboard", f"Bearer {signed[0]}")
    for one in (query, nothing, ours):
        say(f"[{one.name}] warming up")
        one.load(max(5, seconds // 2))
    ratios, curves, bad = {"bare": [], "bare-query": []}, {}, 0
    for turn in range(rounds):
        runs = {one.name: one.load(seconds) for one in (nothing, query, ours)}
        for name, found in ratios.items():
            found.append(runs["leaderboard"]["rate"] / runs[name]["rate"])
        bad += sum(run["bad"] + run["errors"] for run in runs.values())
        curves.update(runs)
        say(f"round {turn + 1}: " + ", ".join(f"{name} {run['rate']:.0f}/s, {run['cpu_us']:.0f} us" for name, run in runs.items()))
    steady = ours.load(seconds, rate=1000)
    bad += steady["bad"] + steady["errors"]
    rate = curves["leaderboard"]["rate"]
    table = [
        ("throughput, of a bare endpoint that reads one row by its key", f"{statistics.median(ratios['bare-query']):.2f}", ">= 0.50",
         f"{rate:.0f} of {curves['bare-query']['rate']:.0f} a second; median of {rounds} alternated runs of {seconds} s"),
        ("throughput, of a bare endpoint that asks nothing", f"{statistics.median(ratios['bare']):.2f}", ">= 0.50",
         f"{rate:.0f} of {curves['bare']['rate']:.0f} a second"),
        ("p99 at 1,000 a second", f"{steady['p99_us'] / 1000:.1f} ms", "<= 20 ms", f"{steady['rate']:.0f} a second reached"),
        ("nine rankings computed for the first time", f"{first:.1f} s", "", f"the command whole, start included; {told}"),
        ("and again, nothing having changed", f"{again:.1f} s", "", told_again),
        ("answers that were no 200", f"{bad}", "0", f"{affiliates} affiliates"),
    ]
    return table, curves
