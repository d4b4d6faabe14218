"""What must not grow: CPU a click with the clicks stored, and the heap with time."""
import pathlib, statistics, subprocess

from .house import JAVA, App, Stores, cpu_seconds, say
from .load import steady, wrk

MILLION = 1_000_000


def fill(stores, millions):
    """Copies of one landed click, spread over the partition it is in: same day, other ids."""
    columns = stores.sql("SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns "
                         "WHERE table_name = 'click' AND column_name <> 'id'")
    # The time (48 bits) is kept, what follows is random; version and variant bits are set as a UUIDv7 has them.
    fresh = ("(left(translate(c.id::text, '-', ''), 12) || '7' || substr(md5(random()::text), 1, 3) || '8' || "
             "substr(md5(random()::text), 1, 15))::uuid")
    for done in range(millions):
        stores.sql(f"INSERT INTO click (id, {columns}) SELECT {fresh}, {columns} FROM (SELECT * FROM click ORDER BY id LIMIT 1) c, "
                   f"generate_series(1, {MILLION}) ON CONFLICT DO NOTHING")
        say(f"{done + 1} million stored")
    stores.sql("VACUUM ANALYZE click")


def stored(millions=20, pairs=9, seconds=20):
    """Alternated pairs on two installations that differ in the clicks stored only."""
    houses = []
    for name, amount in (("empty", 0), ("full", millions)):
        stores = Stores(f"stores-{name}")
        app = App(stores, f"app-{name}")
        wrk(app.url, seconds)
        if amount:
            fill(stores, amount)
        houses.append((app, stores))
    ratios = []
    for pair in range(pairs):
        costs = {}
        for app, stores in houses if pair % 2 == 0 else reversed(houses):
            before = cpu_seconds(app.pid) + stores.cpu()
            requests = wrk(app.url, seconds)["requests"]
            costs[app.name] = (cpu_seconds(app.pid) + stores.cpu() - before) / requests
        ratios.append(costs["app-full"] / costs["app-empty"])
        say(f"pair {pair + 1}: {costs['app-empty'] * 1e6:.1f} and {costs['app-full'] * 1e6:.1f} us a click")
    return [(f"CPU a click with {millions} million stored, of with none", f"{statistics.median(ratios):.3f}", "<= 1.10",
             f"median of {pairs} alternated pairs of {seconds} s, {min(ratios):.3f} to {max(ratios):.3f}")], {}


def live_heap_mb(app):
    """Heap in use right after a full collection."""
    jcmd = str(pathlib.Path(JAVA).with_name("jcmd")) if "/" in JAVA else "jcmd"
    subprocess.run([jcmd, str(app.pid), "GC.run"], check=True, capture_output=True)
    return sum(v for k, v in app.metrics().items() if k.startswith("jvm_memory_used_bytes") and 'area="heap"' in k) / 1048576


def heap(minutes=10, rate=5000):
    """A steady rate; the heap after a full collection each minute."""
    stores = Stores()
    app = App(stores)
    wrk(app.url, 20)
    used = []
    for minute in range(minutes):
        steady(app.url, rate, 60)
        used.append(live_heap_mb(app))
        say(f"minute {minute + 1}: {used[-1]:.1f} MB")
    half = max(1, len(used) // 2)
    growth = statistics.mean(used[-half:]) / statistics.mean(used[:half])
    return [(f"heap at {rate} a second, second half of {minutes} minutes of the first", f"{growth:.2f}", "about 1",
             ", ".join(f"{one:.0f}" for one in used) + " MB after a full collection each minute")], {}
