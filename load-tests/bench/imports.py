"""A CSV of a million conversions through the command: rows a second and heap, tenth by tenth."""
import os, pathlib, shutil, subprocess, sys, time

from .api import ID, KEYS, PEOPLE
from .conversions import typed
from .house import HOME, JAR, JAVA, Process, Stores, require, say

AFFILIATES = 1_000
TENTHS = 10
# Seconds between two looks at how far it is.
LOOK = 0.1


class Command(Process):
    """A job on the command line, as an operator starts it. JAVA_OPTS as for the server."""

    def __init__(self, stores, name, *arguments):
        journal = HOME / f"{name}-journal"
        shutil.rmtree(journal, ignore_errors=True)
        env = {**stores.env, "TRIBUTARY_CLICK_JOURNAL_DIR": str(journal), "TRIBUTARY_DEMO": "false"}
        super().__init__(name, [JAVA, *os.environ.get("JAVA_OPTS", "-Xmx512m").split(), "-jar", str(JAR), "job", *arguments], env)

    def end(self, seconds, *others):
        """Ends well, or with one of the other exit codes; answers whether it ended well."""
        code = self.process.wait(seconds)
        if code and code not in others:
            sys.exit(f"{self.name} ended with {code}:\n{self.log.read_text()[-3000:]}")
        return code == 0

    def live_heap_mb(self):
        """Heap in use right after a full collection; 0 where it ended meanwhile."""
        jcmd = str(pathlib.Path(JAVA).with_name("jcmd")) if "/" in JAVA else "jcmd"
        subprocess.run([jcmd, str(self.pid), "GC.run"], capture_output=True)
        told = subprocess.run([jcmd, str(self.pid), "GC.heap_info"], capture_output=True, text=True).stdout
        used = [line.split("used ")[1].split("K")[0] for line in told.splitlines() if "total " in line and "used " in line]
        return sum(int(kib) for kib in used) / 1024


class Look:
    """One session that is asked again and again: a new one each time would cost more than the answer."""

    def __init__(self, stores):
        require("psql")
        self.psql = subprocess.Popen(
            ["psql", "-h", "127.0.0.1", "-p", stores.env["POSTGRES_PORT"], "-U", stores.env["QUARKUS_DATASOURCE_USERNAME"], "-qAtX", "tributary"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def rows(self):
        self.psql.stdin.write("SELECT coalesce(max(rows_done), 0) FROM conversion_import;\n")
        return int(self.psql.stdout.readline())

    def close(self):
        self.psql.stdin.close()
        self.psql.wait(10)


def write(rows):
    """Sales by many affiliates; of two buyers one comes again."""
    file = HOME / "import.csv"
    names = [typed("aff", f"018f0000-0000-7000-8000-{n:012x}") for n in range(1, AFFILIATES + 1)]
    with file.open("w") as out:
        out.write("externalId,amount,currency,affiliateId,customerExternalId\n")
        for n in range(rows):
            out.write(f"order-{n},{100 + n % 9900},USD,{names[n % AFFILIATES]},customer-{n // 2}\n")
    return file


def imports(rows=1_000_000):
    stores = Stores("stores-import", buffers="1GB")
    # Makes the schema. 75: PostgreSQL does not answer yet.
    while not Command(stores, "import-prepare", "retention").end(120, 75):
        say("once more")
    for text in PEOPLE:
        stores.sql(text.replace("$AFFILIATES", str(AFFILIATES)).replace("$KEYS", str(min(KEYS, AFFILIATES))))
    file = write(rows)
    say(f"{rows} rows, {file.stat().st_size / 1048576:.0f} MB")
    command, look = Command(stores, "import", "import-conversions", "--file", str(file), "--program", "load"), Look(stores)
    rates, heaps, before, since = [], [], 0, None
    while len(rates) < TENTHS:
        done, now = look.rows(), time.monotonic()
        if done and since is None:
            # What the machine needed to start is no row's time.
            before, since = done, now
        if since and done >= rows * (len(rates) + 1) // TENTHS:
            rates.append((done - before) / (now - since))
            heaps.append(command.live_heap_mb())
            before, since = look.rows(), time.monotonic()
            say(f"{done} rows: {rates[-1]:.0f} a second, heap {heaps[-1]:.0f} MB")
        elif command.process.poll() is not None and look.rows() < rows:
            command.check()
        time.sleep(LOOK)
    command.end(120)
    look.close()
    stored = int(stores.sql("SELECT count(*) FROM conversion"))
    live = [mb for mb in heaps if mb]
    half = max(1, len(live) // 2)
    slower = sum(rates[-3:]) / sum(rates[1:4])
    return [
        ("rows of a CSV a second, last three tenths of the first three after the first", f"{slower:.2f}", "about 1",
         ", ".join(f"{rate:.0f}" for rate in rates) + " a second in each tenth"),
        ("heap after a full collection, second half of the tenths of the first", f"{sum(live[half:]) / len(live[half:]) / (sum(live[:half]) / half):.2f}",
         "about 1", ", ".join(f"{mb:.0f}" for mb in live) + " MB after each tenth"),
        ("conversions stored, of rows", f"{stored} of {rows}", "all", f"{file.stat().st_size / 1048576:.0f} MB of CSV, {AFFILIATES} affiliates"),
    ], {}
