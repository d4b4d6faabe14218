-- Random links, sources and browsers; counts answers 302 that carry a click id. The same script loads nginx and Tributary.
-- HOT=1: one link only.
local threads = {}
local next_seed = 1

function setup(thread)
  thread:set("seed", next_seed)
  next_seed = next_seed + 1
  table.insert(threads, thread)
end

local agents = {
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
}
local sources = { "newsletter", "youtube", "blog", "podcast", "tiktok" }
local prepared = {}

-- Requests are prepared once, so that the load tool leaves the cores to the server.
function init(args)
  acknowledged, unacknowledged = 0, 0
  math.randomseed(seed)
  local hot = os.getenv("HOT") == "1"
  for i = 1, 4096 do
    local n = math.random(0, 1000)
    local code = (hot or n == 0) and "ECO10" or string.format("DEMO%04d", n)
    local path = "/r/" .. code .. "?src=" .. sources[math.random(#sources)] .. "&sub1=ad" .. math.random(20)
    prepared[i] = wrk.format("GET", path, {
      ["Host"] = wrk.headers["Host"],
      ["User-Agent"] = agents[math.random(#agents)],
      ["Referer"] = "https://reviews.example/best-of",
    })
  end
end

function request()
  return prepared[math.random(4096)]
end

function response(status, headers, body)
  local location = headers["Location"] or headers["location"]
  if status == 302 and location and string.find(location, "click_id=", 1, true) then
    acknowledged = acknowledged + 1
  else
    unacknowledged = unacknowledged + 1
  end
end

function done(summary, latency, requests)
  local acks, others = 0, 0
  for _, thread in ipairs(threads) do
    acks = acks + thread:get("acknowledged")
    others = others + thread:get("unacknowledged")
  end
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests": %d, "seconds": %.3f, "acknowledged": %d, "unacknowledged": %d, "errors": %d, '
      .. '"p50_us": %d, "p75_us": %d, "p90_us": %d, "p99_us": %d, "p999_us": %d, "max_us": %d}',
    summary.requests, summary.duration / 1e6, acks, others,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(75), latency:percentile(90),
    latency:percentile(99), latency:percentile(99.9), latency.max))
end
