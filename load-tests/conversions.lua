-- Posts sales with a merchant's key. Each has an id of its own, a customer of its own and one of the clicks of the file REQUESTS.
-- BATCH: sales a request, as a JSON array; 1 = one object. KEY: the Authorization header. RUN: part of the ids, new for each run.
-- PAUSE: milliseconds that a connection rests between two requests, on average, for a steady rate.
local threads = {}
local next_seed = 1

function setup(thread)
  thread:set("seed", next_seed)
  next_seed = next_seed + 1
  table.insert(threads, thread)
end

local clicks = {}
local batch = tonumber(os.getenv("BATCH") or "1")
local run = os.getenv("RUN")
local rest = tonumber(os.getenv("PAUSE") or "0")
local count = 0
local headers

function init(args)
  good, bad = 0, 0
  math.randomseed(seed)
  for line in io.lines(os.getenv("REQUESTS")) do table.insert(clicks, line) end
  headers = { ["Host"] = wrk.headers["Host"], ["Authorization"] = os.getenv("KEY"), ["Content-Type"] = "application/json" }
end

local function sale()
  count = count + 1
  return string.format('{"externalId":"%s-%d-%d","customerExternalId":"c-%s-%d-%d","clickId":"%s",'
    .. '"amount":{"amount":%d,"currency":"USD"}}', run, seed, count, run, seed, count, clicks[math.random(#clicks)],
    math.random(100, 100000))
end

function request()
  if batch == 1 then return wrk.format("POST", "/api/track/sale", headers, sale()) end
  local sales = {}
  for i = 1, batch do sales[i] = sale() end
  return wrk.format("POST", "/api/track/sale", headers, "[" .. table.concat(sales, ",") .. "]")
end

if rest > 0 then
  function delay()
    return math.random(0, 2 * rest)
  end
end

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
      .. '"p50_us": %d, "p90_us": %d, "p99_us": %d, "p999_us": %d}',
    summary.requests, summary.duration / 1e6, well, ill,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(90), latency:percentile(99), latency:percentile(99.9)))
end
