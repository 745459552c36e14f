-- The requests of one measure, for wrk. KIND, TOKEN, FIRST_ID, COUNT, PHONE (a format) and START come from the environment.
local kind, first, count = os.getenv("KIND"), tonumber(os.getenv("FIRST_ID")), tonumber(os.getenv("COUNT"))
local phone, n = os.getenv("PHONE"), tonumber(os.getenv("START") or "0")
wrk.headers["Authorization"] = "Token " .. os.getenv("TOKEN")
wrk.headers["Content-Type"] = "application/json"

local function post(path, body) return wrk.format("POST", path, nil, body) end
local person = '{"first_name":"Jean","last_name":"Dupont","email":"jean%d@example.com","phone":"%s","date_of_birth":"1980-01-01",'
  .. '"gender":"M","address":"123 Rue Test","medical_history":"Hypertension","allergies":"Pénicilline","current_medications":"Lisinopril"}'

local kinds = {
  health = function() return wrk.format("GET", "/api/health/", {}) end, -- as a load balancer asks: without a token
  list = function() return wrk.format("GET", "/api/patients/?page=1") end,
  detail = function() return wrk.format("GET", "/api/patients/" .. (first + math.random(0, count - 1)) .. "/") end,
  check = function() return post("/api/patients/check-active/", string.format('{"phone":"+2217700%05d"}', math.random(0, count - 1))) end,
  confirm = function() return post("/api/patients/confirm/", string.format('{"phone":"+2217700%05d","valid":true}', math.random(0, count - 1))) end,
  create = function()
    n = n + 1
    return post("/api/patients/", string.format(person, n, string.format(phone, n)))
  end,
}
request = kinds[kind]
