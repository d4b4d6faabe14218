-- What scripts for wrk share: threads with seeds of their own, a rest between requests, answers counted, one line RESULT at the end.
-- A script loads it first. PAUSE: milliseconds that a connection rests between two requests, on average,
-- for a steady rate.
local threads = {}
local next_seed = 1

function setup(thread)
  thread:set("seed", next_seed)
  next_seed = next_seed + 1
  table.insert(threads, thread)
end

local rest = tonumber(os.getenv("PAUSE") or "0")
if rest > 0 then
  function delay()
    return math.random(0, 2 * rest)
  end
end

good, bad = 0, 0

function response(status)
  if status >= 200 and status < 300 then good = good + 1 else bad = bad + 1 end
end

function done(summary, latency, requests)
  local well, ill = 0, 0
  for _, thread in ipairs(threads) do
    well = well + thread:get("good")
    ill = ill + thread:get("bad")
  end
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests": %d, "seconds": %.3f, "good": %d, "bad": %d, "errors": %d, '
      .. '"p50_us": %d, "p75_us": %d, "p90_us": %d, "p99_us": %d, "p999_us": %d, "max_us": %d}',
    summary.requests, summary.duration / 1e6, well, ill,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(75), latency:percentile(90),
    latency:percentile(99), latency:percentile(99.9), latency.max))
end
