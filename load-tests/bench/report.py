"""Prints the table and writes results/<date>.md with a picture beside it."""
import datetime, math, os, pathlib, platform, subprocess

from .house import JAVA, LOADS

POINTS = (("p50_us", "50 %"), ("p90_us", "90 %"), ("p99_us", "99 %"), ("p999_us", "99.9 %"))
COLORS = ("#2563eb", "#d97706", "#64748b", "#16a34a", "#db2777", "#7c3aed")


def machine():
    model = next((l.split(":", 1)[1].strip() for l in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if l.startswith("model name")), platform.machine())
    kib = int(pathlib.Path("/proc/meminfo").read_text().split()[1])
    java = subprocess.run([JAVA, "-version"], capture_output=True, text=True).stderr.splitlines()[0]
    return f"{os.cpu_count()} cores ({model}), {kib / 1048576:.0f} GB, Linux {platform.release()}, {java}"


def write(name, table, curves):
    now = datetime.datetime.now(datetime.timezone.utc)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=LOADS).stdout.strip()
    lines = ["| what | measured | wanted | |", "|---|---|---|---|"]
    lines += ["| " + " | ".join(row) + " |" for row in table]
    text = "\n".join(lines)
    print(text)
    stem = f"{now:%Y-%m-%d}" + ("" if name == "all" else f"-{name}")
    results = LOADS / "results"
    results.mkdir(exist_ok=True)
    picture = ""
    if curves:
        (results / f"{stem}.svg").write_text(svg(curves))
        picture = f"\n![latency percentiles and throughput]({stem}.svg)\n"
    (results / f"{stem}.md").write_text(
        f"# Load test `{name}`, {now:%Y-%m-%d %H:%M} UTC\n\n{machine()}; commit {commit or 'unknown'}. "
        f"The load tool shares the cores. Made by `load-tests/run.sh {name}`.\n\n{text}\n{picture}")
    print(f"\nload-tests/results/{stem}.md")


def svg(curves):
    """Latency percentiles on a logarithmic scale, left; throughput as bars, right."""
    worst = max(c[p] for c in curves.values() for p, _ in POINTS)
    best = min(c[p] for c in curves.values() for p, _ in POINTS)
    # Nothing below 0.1 ms is drawn: Gatling counts in whole milliseconds, and 0 has no place on a logarithmic scale.
    low, high = math.floor(math.log10(max(100, best))), math.ceil(math.log10(max(1000, worst)))
    def y(us):
        return 300 - (math.log10(max(10 ** low, us)) - low) / max(1, high - low) * 240
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="960" height="400" font-family="sans-serif" font-size="12">',
           '<rect width="960" height="400" fill="#fff"/><text x="60" y="30" font-size="15">Latency percentiles</text>',
           '<text x="560" y="30" font-size="15">Answers a second</text>']
    for power in range(low, high + 1):
        label = f"{10 ** power / 1000:g} ms"
        out.append(f'<line x1="60" x2="500" y1="{y(10 ** power):.0f}" y2="{y(10 ** power):.0f}" stroke="#e2e8f0"/>'
                   f'<text x="54" y="{y(10 ** power) + 4:.0f}" text-anchor="end">{label}</text>')
    for i, (_, label) in enumerate(POINTS):
        out.append(f'<text x="{80 + i * 130}" y="320" text-anchor="middle">{label}</text>')
    top = max(c["rate"] for c in curves.values())
    for i, (name, curve) in enumerate(curves.items()):
        color = COLORS[i % len(COLORS)]
        dots = " ".join(f"{80 + j * 130},{y(curve[p]):.1f}" for j, (p, _) in enumerate(POINTS))
        out.append(f'<polyline points="{dots}" fill="none" stroke="{color}" stroke-width="2"/>')
        row = 60 + i * 44
        out.append(f'<rect x="560" y="{row}" width="{curve["rate"] / top * 260:.0f}" height="16" fill="{color}"/>'
                   f'<text x="560" y="{row - 4}">{name}</text>'
                   f'<text x="{566 + curve["rate"] / top * 260:.0f}" y="{row + 13}">{curve["rate"]:,.0f}</text>')
    return "\n".join(out) + "\n</svg>\n"
