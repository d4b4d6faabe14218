-- Random lines of the file REQUESTS: a path, and after a tab what the Authorization header says, or nothing.
-- PAUSE: milliseconds that a connection rests between two requests, on average, for a steady rate.
dofile(string.match(debug.getinfo(1, "S").source, "^@(.*/)") .. "counted.lua")

local prepared = {}

-- Requests are prepared once, so that the load tool leaves the cores to the server.
function init(args)
  math.randomseed(seed)
  for line in io.lines(os.getenv("REQUESTS")) do
    local path, secret = string.match(line, "([^\t]*)\t?(.*)")
    local headers = { ["Host"] = wrk.headers["Host"], ["Accept"] = "application/json" }
    if secret ~= "" then headers["Authorization"] = secret end
    table.insert(prepared, wrk.format("GET", path, headers))
  end
end

function request()
  return prepared[math.random(#prepared)]
end
