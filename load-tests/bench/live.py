"""Streams of live earnings, open at one instance while another takes sales: what they weigh, and how late they hear."""
import asyncio, json, random, resource, time

from .api import AUDIENCE, ISSUER, PROGRAM, fill, tokens
from .conversions import KEY, SECRET, typed
from .house import App, Stores, cpu_seconds, say
from .imports import Command

# Connections opened at the same time: a signature is checked for each.
OPENING = 100
# Connections that sales are posted on.
SHOPS = 8
PATIENCE = 20


class Client:
    """One stream, read as a browser does; keeps when it heard of which commission."""

    def __init__(self, port, token):
        self.port, self.token = port, token
        self.shown = asyncio.Event()
        self.heard, self.status, self.said, self.ended = {}, "", "", False

    async def run(self, gate):
        async with gate:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
            writer.write(f"GET /api/affiliate/earnings/live?period=today HTTP/1.1\r\nHost: load\r\nAccept: text/event-stream\r\n"
                         f"Authorization: Bearer {self.token}\r\n\r\n".encode())
            self.status = (await reader.readline()).decode().split(" ", 1)[1].strip()
        self.reading = asyncio.create_task(self.read(reader))
        self.writer = writer

    async def read(self, reader):
        event = ""
        while line := await reader.readline():
            if line.startswith(b"event: "):
                event = line[7:].strip()
            elif line.startswith(b"data: "):
                now = time.time()
                if event == b"snapshot":
                    self.shown.set()
                elif event == b"commission":
                    data = json.loads(line[6:])
                    self.heard.setdefault(data["id"], now)
                elif event == b"end":
                    self.said = json.loads(line[6:])["reason"]
        self.ended = True


class Shop:
    """Posts one sale after another on a connection that stays open."""

    def __init__(self, port):
        self.port, self.bad = port, 0

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def sell(self, click, name):
        body = json.dumps({"externalId": name, "clickId": click, "amount": {"amount": 5000, "currency": "USD"}})
        self.writer.write(f"POST /api/track/sale HTTP/1.1\r\nHost: load\r\nAuthorization: Bearer {SECRET}\r\nContent-Type: application/json\r\n"
                          f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
        status = await self.reader.readline()
        length = 0
        while (line := await self.reader.readline()).strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        await self.reader.readexactly(length)
        self.bad += b" 20" not in status


async def sell(port, clicks, seconds, rate):
    """A sale each so many milliseconds, of any affiliate; answers how many were posted and how many were refused."""
    shops, idle = [Shop(port) for _ in range(SHOPS)], asyncio.Queue()
    for shop in shops:
        await shop.open()
        idle.put_nowait(shop)
    pick, jobs, began, run = random.Random(7), [], time.monotonic(), time.time_ns()

    async def one(shop, number):
        await shop.sell(pick.choice(clicks), f"live-{run}-{number}")
        idle.put_nowait(shop)

    for number in range(int(seconds * rate)):
        await asyncio.sleep(max(0, began + number / rate - time.monotonic()))
        jobs.append(asyncio.create_task(one(await idle.get(), number)))
    await asyncio.gather(*jobs)
    return len(jobs), sum(shop.bad for shop in shops)


def share(times, part):
    return times[min(len(times) - 1, int(len(times) * part))] * 1000


async def measure(stores, app, other, signed, clicks, seconds, rate):
    gate, clients = asyncio.Semaphore(OPENING), [Client(app.port, token) for token in signed]
    began = time.monotonic()
    await asyncio.gather(*(client.run(gate) for client in clients))
    good = [client for client in clients if client.status.startswith("200")]
    await asyncio.wait_for(asyncio.gather(*(client.shown.wait() for client in good)), 120)
    opened = time.monotonic() - began
    say(f"{len(good)} streams opened and shown in {opened:.1f} s")
    loop = asyncio.get_running_loop()
    await sell(other.port, clicks, min(10, seconds), rate)
    heap = await loop.run_in_executor(None, Command.live_heap_mb, app)
    started, cpu, others = stores.sql("SELECT extract(epoch FROM clock_timestamp())"), cpu_seconds(app.pid), cpu_seconds(other.pid)
    before = time.monotonic()
    posted, refused = await sell(other.port, clicks, seconds, rate)
    spent, spans = (cpu_seconds(app.pid) - cpu, cpu_seconds(other.pid) - others), time.monotonic() - before
    deadline = time.time() + PATIENCE
    while True:
        booked = await loop.run_in_executor(None, stores.sql, f"""
            SELECT count(*) || ' ' || coalesce(string_agg(id || '=' || extract(epoch FROM created_at), ' '), '')
              FROM commission WHERE program_id = {PROGRAM} AND created_at >= to_timestamp({started}) AND level = 0 AND source_kind = 'conversion'""")
        times = {typed("cms", one.split("=")[0]): float(one.split("=")[1]) for one in booked.split(" ")[1:] if one}
        heard = {name: at for client in good for name, at in client.heard.items()}
        late = sorted(heard[name] - at for name, at in times.items() if name in heard)
        if len(late) == len(times) >= posted - refused or time.time() > deadline:
            break
        await asyncio.sleep(0.5)
    after = await loop.run_in_executor(None, Command.live_heap_mb, app)
    ended = sum(client.ended for client in good)
    metrics = {name: app.metric(f"tributary_analytics_live_{name}") for name in ("gaps_total", "snapshots_total", "failures_total")}
    resident, began = app.rss_mb(), time.monotonic()
    await loop.run_in_executor(None, app.stop)
    leaving = time.monotonic() - began
    await asyncio.sleep(0)
    return dict(metrics=metrics, resident=resident, leaving=leaving, closed=sum(client.said == "shutdown" for client in good), good=len(good), ended=ended, opened=opened, heap=max(heap, after), posted=posted, refused=refused, times=times, late=late,
                cpu=spent[0] / spans, other=spent[1] / spans)


def live(streams=5_000, seconds=60, rate=100):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    key, signed = tokens(streams)
    stores = Stores("stores-live", buffers="512MB")
    app = App(stores, "app-live", QUARKUS_OIDC_PUBLIC_KEY=key, QUARKUS_OIDC_TOKEN_ISSUER=ISSUER, QUARKUS_OIDC_TOKEN_AUDIENCE=AUDIENCE,
              TRIBUTARY_COMMISSION_BOOKING="false")
    fill(stores, streams, streams)
    for text in KEY:
        stores.sql(text)
    clicks = [typed("clk", uuid) for uuid in stores.sql(f"SELECT string_agg(id::text, ' ') FROM click WHERE program_id = {PROGRAM}").split()]
    other = App(stores, "app-live-other", TRIBUTARY_DEMO="true")
    found = asyncio.run(measure(stores, app, other, signed, clicks, seconds, rate))
    metrics, late = found["metrics"], found["late"] or [float("nan")]
    table = [
        ("streams open on one instance", f"{found['good'] - found['ended']}", f"{streams}", f"opened and shown in {found['opened']:.1f} s"),
        ("heap after a full collection", f"{found['heap']:.0f} MB", "<= 512 MB", f"the application has -Xmx512m; resident {found['resident']:.0f} MB"),
        ("commissions heard, of those booked by the other instance", f"{len(found['late'])} of {len(found['times'])}", "all",
         f"{found['posted']} sales posted in {seconds} s, {found['refused']} refused"),
        ("from the beginning of the booking transaction to the client, p50", f"{share(late, .5):.0f} ms", "", "commits some milliseconds after that"),
        ("the same, p99", f"{share(late, .99):.0f} ms", "<= 1000 ms", ""),
        ("the same, the longest", f"{late[-1] * 1000:.0f} ms", "<= 1000 ms", ""),
        ("processors in use by the instance with the streams", f"{found['cpu']:.2f}", "", f"by the one that takes the sales {found['other']:.2f}"),
        ("from SIGTERM to the exit with all streams open", f"{found['leaving']:.1f} s", "<= 28 s",
         f"3 s of it for balancers to look away; {found['closed']} streams were told"),
        ("gaps, failed passes", f"{metrics['gaps_total']:.0f}, {metrics['failures_total']:.0f}", "0, 0", f"{metrics['snapshots_total']:.0f} snapshots shown"),
    ]
    return table, {}
