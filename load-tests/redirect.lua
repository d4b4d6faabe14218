-- Random links, sources and browsers; counts answers 302 that carry a click id. The same script loads nginx and Tributary.
-- HOT=1: one link only.
dofile(string.match(debug.getinfo(1, "S").source, "^@(.*/)") .. "counted.lua")

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
    good = good + 1
  else
    bad = bad + 1
  end
end
