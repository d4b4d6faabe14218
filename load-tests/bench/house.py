"""Starts and stops what is measured: the stores, the packaged jar, nginx. Everything lives under target/load-tests."""
import atexit, os, pathlib, shutil, signal, socket, subprocess, sys, time, urllib.error, urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOME = ROOT / "target" / "load-tests"
JAR = ROOT / "target" / "quarkus-app" / "quarkus-run.jar"
CLASSPATH = ROOT / "target" / "runtime-classpath"
LOADS = ROOT / "load-tests"
TICK = os.sysconf("SC_CLK_TCK")
JAVA = str(pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java") if "JAVA_HOME" in os.environ else "java"


def say(text):
    print(text, file=sys.stderr, flush=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def location(url):
    """The Location of an answer; '' when there is none yet."""
    try:
        urllib.request.build_opener(NoRedirect).open(url, timeout=2).close()
    except urllib.error.HTTPError as answer:
        return answer.headers.get("Location") or ""
    except OSError:
        return ""
    return ""


def require(*tools):
    path = os.environ["PATH"] + os.pathsep + "/usr/sbin"
    for tool in tools:
        if not shutil.which(tool, path=path):
            sys.exit(f"{tool} is not installed; load-tests/README.md names the packages")
    return shutil.which(tools[0], path=path)


def cpu_seconds(pid):
    """User and system time of a process and all its descendants, finished children included."""
    children, times = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(entry.name))
        times[int(entry.name)] = sum(int(f) for f in fields[11:15]) / TICK
    total, todo = 0.0, [pid]
    while todo:
        one = todo.pop()
        total += times.get(one, 0.0)
        todo += children.get(one, [])
    return total


class Process:
    """A child with a log file, stopped at exit whatever happens."""

    def __init__(self, name, command, env=None, cwd=None):
        HOME.mkdir(parents=True, exist_ok=True)
        self.log = HOME / f"{name}.log"
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=open(self.log, "w"), stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})}, cwd=cwd)
        self.pid = self.process.pid
        atexit.register(self.stop)

    def check(self):
        if self.process.poll() is not None:
            sys.exit(f"{self.name} ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")

    def stop(self, sig=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(sig)
            try:
                self.process.wait(150)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Stores(Process):
    """Real PostgreSQL and Redis, the same that dev mode starts, with fsync on and empty at first."""

    def __init__(self, name="stores", buffers="256MB"):
        home = HOME / name
        shutil.rmtree(home, ignore_errors=True)
        classpath = f"{ROOT}/target/classes{os.pathsep}{CLASSPATH.read_text().strip()}"
        super().__init__(name, [JAVA, "-Xmx64m", f"-Dtributary.embedded.shared-buffers={buffers}", "-cp", classpath, "dev.tributary.embedded.EmbeddedStores", str(home)])
        deadline = time.time() + 60
        while "READY" not in self.log.read_text().split():
            self.check()
            if time.time() > deadline:
                sys.exit("the stores did not start within 60 s")
            time.sleep(0.1)
        self.env = dict(line.split("=", 1) for line in self.log.read_text().splitlines() if "=" in line and line[0].isupper())
        self.env["QUARKUS_DATASOURCE_PASSWORD"] = ""

    def cpu(self):
        return cpu_seconds(int(self.env["POSTGRES_PID"])) + cpu_seconds(int(self.env["REDIS_PID"]))

    def sql(self, text):
        jars = os.pathsep.join(str(p) for p in (JAR.parent / "lib" / "main").glob("org.postgresql*.jar"))
        out = subprocess.run([JAVA, "-cp", jars, str(LOADS / "Sql.java"), self.env["QUARKUS_DATASOURCE_REACTIVE_URL"], text],
                             capture_output=True, text=True, env={**os.environ, **self.env})
        if out.returncode:
            sys.exit(f"SQL failed: {text}\n{out.stderr[-2000:]}")
        return out.stdout.strip()

    def rows(self):
        return int(self.sql("SELECT (SELECT count(*) FROM click) + (SELECT count(*) FROM click_quarantine)"))


class App(Process):
    """The packaged jar. JAVA_OPTS gives the machine's options (default: -Xmx512m)."""

    def __init__(self, stores, name="app", **settings):
        self.port = free_port()
        journal = HOME / f"{name}-journal"
        if not settings.pop("keep_journal", False):
            shutil.rmtree(journal, ignore_errors=True)
        env = {**stores.env, "QUARKUS_HTTP_PORT": str(self.port), "QUARKUS_HTTP_HOST": "127.0.0.1",
               "TRIBUTARY_DEMO": "true", "TRIBUTARY_CLICK_JOURNAL_DIR": str(journal), **settings}
        began = time.time()
        super().__init__(name, [JAVA, *os.environ.get("JAVA_OPTS", "-Xmx512m").split(), "-jar", str(JAR)], env)
        self.url = f"http://127.0.0.1:{self.port}"
        while "click_id=" not in location(self.url + "/r/ECO10"):
            self.check()
            if time.time() - began > 90:
                sys.exit("no redirect within 90 s")
            time.sleep(0.02)
        self.first_redirect = time.time() - began
        while "click_id=" not in location(self.url + "/r/DEMO1000"):
            time.sleep(0.1)

    def metrics(self):
        text = urllib.request.urlopen(self.url + "/metrics", timeout=10).read().decode()
        found = {}
        for line in text.splitlines():
            if line and line[0] != "#":
                key, value = line.rsplit(" ", 1)
                found[key] = float(value)
        return found

    def metric(self, prefix):
        return sum(v for k, v in self.metrics().items() if k.split("{")[0] == prefix)

    def rss_mb(self):
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0


class Nginx(Process):
    """nginx with as many workers as cores."""

    def __init__(self):
        prefix = HOME / "nginx"
        shutil.rmtree(prefix, ignore_errors=True)
        (prefix / "tmp").mkdir(parents=True)
        self.port, self.logged_port = free_port(), free_port()
        text = (LOADS / "nginx.conf").read_text()
        text = text.replace("@PORT@", str(self.port)).replace("@LOGGED_PORT@", str(self.logged_port))
        (prefix / "nginx.conf").write_text(text)
        super().__init__("nginx", [require("nginx"), "-p", str(prefix), "-c", str(prefix / "nginx.conf"), "-e", "error.log"])
        self.url, self.logged_url = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.logged_port}"
        deadline = time.time() + 10
        while not location(self.url + "/r/ECO10"):
            self.check()
            if time.time() > deadline:
                sys.exit("nginx did not answer within 10 s")
            time.sleep(0.05)
