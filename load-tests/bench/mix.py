"""The mix of real traffic at a steady rate by Gatling: latencies beside nginx, and whether every click is in its row."""
import os, re, subprocess, sys

from .house import HOME, JAVA, LOADS, ROOT, App, Nginx, Stores, say
from .redirect import drained

PROJECT = LOADS / "gatling"
CLASSPATH = PROJECT / "target" / "classpath"
# What each request of the simulation must be stored as: traffic, and whether it counts.
TRAFFIC = {"warm-up": "human", "visit": "human", "return": "human", "deep link": "human", "bot": "bot", "prefetch": "prefetch", "head": "head"}


def build():
    newest = max(p.stat().st_mtime for p in [PROJECT / "pom.xml", *(PROJECT / "src").rglob("*.*")])
    if CLASSPATH.exists() and CLASSPATH.stat().st_mtime > newest:
        return
    say("compiling the simulation")
    if subprocess.run([str(ROOT / "mvnw"), "-B", "-q", "-ntp", "-f", str(PROJECT / "pom.xml"), "compile", "dependency:build-classpath",
                       f"-Dmdep.outputFile={CLASSPATH}"], stdin=subprocess.DEVNULL).returncode:
        sys.exit("the simulation did not compile")
    CLASSPATH.touch()


def simulate(name, url, rate, seconds, reference=False):
    """Runs the simulation against a server; its figures by request name. The HTML report stays."""
    out = HOME / "gatling" / name
    command = [JAVA, "-Xmx1g", "--add-opens=java.base/java.lang=ALL-UNNAMED", f"-Dmix.url={url}", f"-Dmix.rate={rate}",
               f"-Dmix.seconds={seconds}", f"-Dmix.warm-up={min(20, max(5, seconds // 3))}", f"-Dmix.reference={'true' if reference else 'false'}",
               *os.environ.get("MIX_OPTS", "").split(),
               "-cp", f"{PROJECT}/target/classes{os.pathsep}{CLASSPATH.read_text().strip()}",
               "io.gatling.app.Gatling", "-s", "dev.tributary.load.ClickMix", "-rf", str(out), "-rd", name]
    HOME.mkdir(parents=True, exist_ok=True)
    log = HOME / f"gatling-{name}.log"
    with open(log, "w") as file:
        code = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, cwd=HOME).returncode
    reports = sorted(out.glob("*/index.html"), key=lambda p: p.stat().st_mtime)
    # 2: the run was whole, but an assertion does not hold; the table says so.
    if code not in (0, 2) or not reports:
        sys.exit(f"Gatling ended with {code}:\n{log.read_text()[-3000:]}")
    say(f"report: {reports[-1].relative_to(ROOT)}")
    found = rows(reports[-1].read_text())
    if "mix" not in found:
        sys.exit(f"no figures in {reports[-1]}: another version of Gatling?")
    # An open model sends what it was told to; Gatling's own mean counts the last visitors' pauses as well.
    for one in found.values():
        one["rate"] = one["requests"] / seconds
    return found


def rows(html):
    """The report's table by request name; `mix` sums up all that is measured. Gatling writes its figures nowhere else."""
    found = {}
    for row in re.findall(r'<tr id="(?:req|group)_.*?</tr>', html, re.S):
        name = re.search(r'class="ellipsed-name">([^<]*)<', row).group(1)
        cell = {int(n): float(v) for n, v in re.findall(r'col-(\d+)">([\d.]+)<', row)}
        found[name] = {"requests": int(cell[2]), "answered": int(cell[3]), "failed": int(cell[4]),
                       **{f"p{p}_us": int(cell[n] * 1000) for n, p in ((8, "50"), (9, "90"), (10, "99"), (11, "999"))},
                       "max_us": int(cell[12] * 1000)}
    return found


def stored(stores):
    """Rows by what the lander took them for."""
    text = stores.sql("SELECT string_agg(traffic || '=' || n, ' ') FROM (SELECT traffic, count(*) AS n FROM click GROUP BY traffic) t")
    return {word: int(n) for word, n in re.findall(r"(\w+)=(\d+)", text)}


def mix(rate=2000, seconds=60):
    build()
    nginx, stores = Nginx(), Stores("stores-mix")
    app = App(stores, "app-mix", TRIBUTARY_CLICK_TRUSTED_PROXIES="127.0.0.1/32")
    drained(app, stores, 0)
    before, known = app.metric("tributary_click_acknowledged_total"), stored(stores)
    say(f"the mix at {rate} a second for {seconds} s")
    ours = simulate("tributary", app.url, rate, seconds)
    expected = sum(one["answered"] for name, one in ours.items() if name in TRAFFIC)
    took, _ = drained(app, stores, sum(known.values()) + expected)
    base = simulate("nginx", nginx.url, rate, seconds, reference=True)
    landed = {word: n - known.get(word, 0) for word, n in stored(stores).items()}
    acknowledged = app.metric("tributary_click_acknowledged_total") - before
    table = books(ours, landed, acknowledged, took)
    table[0:0] = latencies(ours, base, rate, seconds)
    app.stop()
    stores.stop()
    nginx.stop()
    return table, {f"Tributary, mix at {rate}/s": ours["mix"], f"nginx, mix at {rate}/s": base["mix"]}


def latencies(ours, base, rate, seconds):
    ms = lambda one, p: f"{one[p] / 1000:.0f} ms"
    spread = lambda one: ", ".join(f"{label} {ms(one, p)}" for label, p in (
        ("50 %", "p50_us"), ("90 %", "p90_us"), ("99.9 %", "p999_us"), ("longest", "max_us")))
    rows = [(f"p99 of the mix at {rate} a second", ms(ours["mix"], "p99_us"), "<= 10 ms",
             f"{spread(ours['mix'])}; {ours['mix']['requests']} requests in {seconds} s"),
            ("the same mix, nginx", ms(base["mix"], "p99_us"), "", spread(base["mix"])),
            ("wrong or failed answers", f"{ours['mix']['failed']}", "0", f"of {ours['mix']['requests']}")]
    return rows + [(f"p99, {name}", ms(one, "p99_us"), "", f"{one['requests']} requests") for name, one in ours.items() if name != "mix"]


def books(ours, landed, acknowledged, took):
    sent = {}
    for name, one in ours.items():
        if name in TRAFFIC:
            sent[TRAFFIC[name]] = sent.get(TRAFFIC[name], 0) + one["answered"]
    rows = [("rows landed of the mix", f"{sum(landed.values())}", "= answered with a click id",
             f"{sum(sent.values())} answered, {acknowledged:.0f} acknowledged, drained after {took:.1f} s: "
             + ("equal" if sum(landed.values()) == sum(sent.values()) == acknowledged else "DIFFERENT"))]
    for traffic, amount in sent.items():
        rows.append((f"rows taken for `{traffic}`", f"{landed.get(traffic, 0)}", f"{amount}",
                     "equal" if landed.get(traffic, 0) == amount else "DIFFERENT"))
    return rows
