"""The load tools: wrk for as much as possible, h2load for a steady rate."""
import json, os, random, re, subprocess, sys

from .house import HOME, LOADS, require


def wrk(url, seconds, connections=64, hot=False):
    require("wrk")
    threads = min(2, os.cpu_count() or 1)
    out = subprocess.run(
        ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(LOADS / "redirect.lua"), url],
        capture_output=True, text=True, env={**os.environ, "HOT": "1" if hot else ""})
    found = re.search(r"RESULT (\{.*\})", out.stdout)
    if not found:
        sys.exit(f"wrk failed:\n{out.stdout}\n{out.stderr}")
    result = json.loads(found.group(1))
    result["rate"] = result["requests"] / result["seconds"]
    return result


def steady(url, rate, seconds, connections=64):
    """Latencies at a fixed rate, spread over the connections; percentiles of every request, not of samples."""
    require("h2load")
    uris, log = HOME / "uris.txt", HOME / "h2load.log"
    pick = random.Random(10)
    uris.write_text("".join(f"{url}/r/DEMO{pick.randint(1, 1000):04d}?src=blog&sub1=ad{pick.randint(1, 20)}\n" for _ in range(2000)))
    log.unlink(missing_ok=True)
    out = subprocess.run(
        ["h2load", "--h1", f"-c{connections}", "-t1", f"-n{int(rate * seconds)}", f"--rps={rate / connections}",
         f"--log-file={log}", "-i", str(uris)], capture_output=True, text=True)
    if out.returncode:
        sys.exit(f"h2load failed:\n{out.stdout[-2000:]}\n{out.stderr[-2000:]}")
    rows = [line.split("\t") for line in log.read_text().splitlines()]
    rows = [(int(start), int(status), int(micros)) for start, status, micros in rows]
    times = sorted(micros for _, status, micros in rows if status == 302)
    if not times:
        sys.exit(f"no answer 302:\n{out.stdout[-2000:]}")
    span = (max(r[0] for r in rows) - min(r[0] for r in rows)) / 1e6
    result = {f"p{name}_us": times[min(len(times) - 1, int(len(times) * share))]
              for name, share in (("50", .5), ("75", .75), ("90", .9), ("99", .99), ("999", .999))}
    return {**result, "max_us": times[-1], "rate": len(rows) / max(span, 0.001), "failed": len(rows) - len(times),
            "acknowledged": len(times)}
