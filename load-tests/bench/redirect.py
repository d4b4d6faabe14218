"""Throughput beside nginx: alternated runs of the same script, landing and paused; acknowledged = landed."""
import statistics, time

from .house import App, Nginx, Stores, say
from .load import steady, wrk


def drained(app, stores, expected, limit=120):
    """Seconds until every acknowledged click has its row, and how many rows there are then."""
    began = time.time()
    while time.time() - began < limit:
        if app.metric("tributary_click_backlog_bytes") == 0 and stores.rows() >= expected:
            break
        time.sleep(0.5)
    return time.time() - began, stores.rows()


def redirect(seconds=60, rounds=1):
    table, curves = [], {}
    warmup = max(30, seconds // 2)
    nginx = Nginx()
    for paused in (False, True):
        word = "landing paused" if paused else "landing"
        stores = Stores(f"stores-{'paused' if paused else 'landing'}")
        app = App(stores, **({"TRIBUTARY_CLICK_LANDING_PAUSED": "true"} if paused else {}))
        startup, idle = app.first_redirect, app.rss_mb()
        say(f"[{word}] warming up for {warmup} s")
        wrk(app.url, warmup)
        wrk(nginx.url, 3)
        if not paused:
            drained(app, stores, 0)
        counted, rows_before = app.metric("tributary_click_acknowledged_total"), 0 if paused else stores.rows()
        acks, ratios = 0, []
        for _ in range(rounds):
            cpu = time.time(), app_cpu(app, stores)
            ours = wrk(app.url, seconds)
            spent = app_cpu(app, stores) - cpu[1]
            base = wrk(nginx.url, seconds)
            acks += ours["good"]
            ratios.append(ours["rate"] / base["rate"])
            say(f"[{word}] {ours['rate']:.0f}/s of nginx {base['rate']:.0f}/s = {ratios[-1]:.3f}, not acknowledged "
                f"{ours['bad']}, errors {ours['errors']}, CPU {spent / max(1, ours['requests']) * 1e6:.1f} us a click")
        least = "0.50" if paused else "0.33"
        curves[f"Tributary, {word}"], curves["nginx"] = ours, base
        table.append((f"throughput, {word}, of nginx `return 302`", f"{statistics.median(ratios):.3f}",
                      f">= {least}", f"{ours['rate']:.0f} of {base['rate']:.0f} a second; {rounds} alternated runs of {seconds} s"))
        table.append((f"p99 at saturation, {word}", f"{ours['p99_us'] / 1000:.1f} ms", "", f"nginx {base['p99_us'] / 1000:.1f} ms"))
        table.append((f"CPU a click, application and stores, {word}", f"{spent / ours['requests'] * 1e6:.1f} us", "", ""))
        if paused:
            app.stop()
        else:
            took, rows = drained(app, stores, rows_before + acks)
            landed = rows - rows_before
            # A request that wrk no longer waits for at its end is acknowledged by the server but not counted by wrk.
            unseen = app.metric("tributary_click_acknowledged_total") - counted - acks
            table.append(("acknowledged and counted by wrk", f"{acks}", "", f"answers under way when wrk ended: {unseen:.0f}"))
            table.append(("rows landed", f"{landed}", "= acknowledged + under way", "equal" if landed == acks + unseen else "DIFFERENT"))
            table.append(("backlog drained", f"{took:.1f} s", "<= 60 s", "after the last run, the other load already stopped"))
            table.append(("start-up to the first redirect", f"{startup:.1f} s", "", "PostgreSQL empty: migrations included"))
            table.append(("resident memory", f"{idle:.0f} MB", "", f"after the load {app.rss_mb():.0f} MB"))
            table += latencies(app, stores, nginx, ours["rate"], base["rate"], seconds)
            app.stop()
        stores.stop()
    nginx.stop()
    return table, curves


def latencies(app, stores, nginx, peak, nginx_peak, seconds):
    """Latencies below the peak, landing lag, one hot link beside a thousand."""
    half, half_nginx = steady(app.url, peak * .5, seconds), steady(nginx.logged_url, nginx_peak * .5, seconds)
    calm = steady(app.url, 2000, seconds)
    drained(app, stores, 0)
    say("landing lag at 70 % of the peak")
    before = lag_buckets(app)
    steady(app.url, peak * .7, seconds)
    drained(app, stores, 0)
    lag = quantile(before, lag_buckets(app), .99)
    hot, thousand = wrk(app.url, seconds, hot=True), wrk(app.url, seconds)
    ms = lambda one: f"{one['p99_us'] / 1000:.1f} ms"
    return [
        ("p99 at 50 % of its own peak", ms(half), "<= 2x nginx", f"nginx with access log at 50 % of its own peak {ms(half_nginx)}; "
         f"{half['rate']:.0f} and {half_nginx['rate']:.0f} a second reached"),
        ("p99 at a steady 2,000 a second", ms(calm), "<= 10 ms", f"{calm['rate']:.0f} a second reached, {calm['failed']} failed"),
        ("landing lag p99 at 70 % of its own peak", lag, "< 2 s", "tributary_click_landing_lag_seconds"),
        ("one hot link, of a thousand", f"{hot['rate'] / thousand['rate']:.2f}", ">= 1.00", f"{hot['rate']:.0f} and {thousand['rate']:.0f} a second"),
    ]


def lag_buckets(app):
    """Cumulative counts of the lag histogram by upper bound; empty when the build publishes none."""
    found = {}
    for key, value in app.metrics().items():
        if key.startswith("tributary_click_landing_lag_seconds_bucket"):
            found[float(key.split('le="')[1].split('"')[0].replace("+Inf", "inf"))] = value
    return found


def quantile(before, after, share):
    """The upper bound of the bucket that holds the quantile of what was counted in between."""
    total = max(after.values(), default=0) - max(before.values(), default=0)
    if not total:
        return "not published"
    return next(f"<= {bound:.2f} s" for bound in sorted(after) if after[bound] - before.get(bound, 0) >= share * total)


def app_cpu(app, stores):
    from .house import cpu_seconds
    return cpu_seconds(app.pid) + stores.cpu()
