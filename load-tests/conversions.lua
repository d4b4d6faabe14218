-- Posts sales with a merchant's key. Each has an id of its own, a customer of its own and one of the clicks of the file REQUESTS.
-- BATCH: sales a request, as a JSON array; 1 = one object. KEY: the Authorization header. RUN: part of the ids, new for each run.
-- PAUSE: milliseconds that a connection rests between two requests, on average, for a steady rate.
dofile(string.match(debug.getinfo(1, "S").source, "^@(.*/)") .. "counted.lua")

local clicks = {}
local batch = tonumber(os.getenv("BATCH") or "1")
local run = os.getenv("RUN")
local count = 0
local headers

function init(args)
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
