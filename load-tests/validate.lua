-- Random lines of the file REQUESTS: paths of validations. An answer is good where it is a 200 that says what a code takes off.
dofile(string.match(debug.getinfo(1, "S").source, "^@(.*/)") .. "counted.lua")

local prepared = {}

-- Requests are prepared once, so that the load tool leaves the cores to the server.
function init(args)
  math.randomseed(seed)
  for path in io.lines(os.getenv("REQUESTS")) do
    table.insert(prepared, wrk.format("GET", path, { ["Host"] = wrk.headers["Host"], ["Accept"] = "application/json" }))
  end
end

function request()
  return prepared[math.random(#prepared)]
end

function response(status, headers, body)
  if status == 200 and string.find(body, '"usable":true', 1, true) and string.find(body, '"total":{"amount":', 1, true) then
    good = good + 1
  else
    bad = bad + 1
  end
end
