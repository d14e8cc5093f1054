import { createHash } from 'node:crypto'

/** A script, and the name under which Redis remembers it. */
export interface Script {
  readonly text: string
  readonly sha: string
}

/**
 * Makes a script of what is done with one claim, `key` with its arguments `arg`: it is run for each of many keys, whose
 * arguments follow each other, and answers as many replies. The last argument of all is the time.
 */
function script(body: string, flags = ''): Script {
  const text = `${flags}${NOW}
local function run(key, arg)
${body}
end
local replies = {}
local width = (#ARGV - 1) / #KEYS
for index, key in ipairs(KEYS) do
  local arg = {}
  for place = 1, width do arg[place] = ARGV[(index - 1) * width + place] end
  replies[index] = run(key, arg)
end
return replies
`
  return { text, sha: createHash('sha1').update(text).digest('hex') }
}

// What must be written even where the memory is full.
const ALLOW_OOM = '#!lua flags=allow-oom\n'

// Redis runs one script at a time, and nothing between its lines: that is why each of these decides a race. A claim is
// one hash, of the fields
//   state        'running' or 'done'
//   fingerprint  of the request that runs or ran
//   owner        the random name of the attempt that has it: no two are the same, in no two processes
//   token        how many attempts there were: 1, and one more with each that took over
//   lease        until when the owner is believed to be alive; milliseconds
//   crash        'block' or 'rerun', as the owner's creation chose
//   expires      until when the hash means anything; Redis removes it by itself about then
//   answer       of a finished one, as JSON
//   scope, key   for the operator who looks at it

/** The clock of the server, so that processes with different clocks agree; the last argument stands in for it in tests. */
const NOW = `
local now = tonumber(ARGV[#ARGV])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local function whole(number) return string.format('%.0f', number) end
`

/** What is known of the claim; what is past its retention is nothing. */
const FOUND = `
local names = { 'state', 'fingerprint', 'owner', 'token', 'lease', 'crash', 'expires', 'answer' }
local values = redis.call('HMGET', key, unpack(names))
local found = nil
if values[1] and tonumber(values[7]) > now then
  found = {}
  for index, name in ipairs(names) do found[name] = values[index] end
end
`

/**
 * Takes the claim, or says who has it. owner, fingerprint, crash, lease ms, retention ms, owner to succeed, scope, key.
 *
 * An owner that asks again has lost the answer and gets it again. When the memory is full Redis refuses the first write
 * of a script, and only the first: it has to be the one that needs room.
 */
const reserve = script(`${FOUND}
local owner, fingerprint, crash, successor_of = arg[1], arg[2], arg[3], arg[6]
local token = 1
if found and found.state == 'done' then return { 'recorded', found.fingerprint, found.answer, found.expires } end
if found then
  token = tonumber(found.token)
  if found.owner ~= owner then
    local left = tonumber(found.lease) - now
    if left > 0 then return { 'running', found.fingerprint, whole(left) } end
    -- Both have to allow it: the one that died may not have told anybody its attemptKey.
    if found.crash ~= 'rerun' or crash ~= 'rerun' then return { 'blocked', found.fingerprint } end
    if found.fingerprint ~= fingerprint and found.owner ~= successor_of then
      return { 'lapsed', found.fingerprint, found.owner }
    end
    -- From here on the late owner finds another name than its own.
    token = token + 1
  end
end
local expires = now + arg[4] + arg[5]
redis.call('HSET', key, 'state', 'running', 'fingerprint', fingerprint, 'owner', owner, 'token', whole(token),
  'lease', whole(now + arg[4]), 'crash', crash, 'expires', whole(expires), 'scope', arg[7], 'key', arg[8])
if values[1] then redis.call('HDEL', key, 'answer') end
redis.call('PEXPIRE', key, whole(arg[4] + arg[5]))
return { 'acquired', whole(token) }
`)

/** Keeps the claim for another lease, if it is still the owner's. owner, lease ms, retention ms. */
const renew = script(
  `${FOUND}
if not found or found.state ~= 'running' or found.owner ~= arg[1] then return { 'lost' } end
redis.call('HSET', key, 'lease', whole(now + arg[2]), 'expires', whole(now + arg[2] + arg[3]))
redis.call('PEXPIRE', key, whole(arg[2] + arg[3]))
return { 'renewed' }
`,
  ALLOW_OOM,
)

/**
 * Records the answer. owner, fingerprint, answer, retention ms, scope, key.
 *
 * Fencing: where another attempt has taken over, its record stands and is returned. Where nothing is known, because an
 * operator let the key go or Redis lost it, the answer of what did happen is the best that can be remembered. A full
 * memory must not forget what was done, so this one may write in spite of it.
 */
const complete = script(
  `${FOUND}
if found and found.owner ~= arg[1] then
  if found.state == 'done' then return { 'recorded', found.fingerprint, found.answer, found.expires } end
  return { 'running', found.fingerprint, whole(math.max(found.lease - now, 0)) }
end
if found and found.state == 'done' then return { 'completed' } end
redis.call('HSET', key, 'state', 'done', 'fingerprint', arg[2], 'owner', arg[1], 'answer', arg[3],
  'expires', whole(now + arg[4]), 'scope', arg[5], 'key', arg[6])
redis.call('HDEL', key, 'lease', 'crash')
redis.call('PEXPIRE', key, arg[4])
return { 'completed' }
`,
  ALLOW_OOM,
)

/** Forgets the claim of an owner whose work left nothing behind. owner. */
const free = script(
  `${FOUND}
if found and found.state == 'running' and found.owner == arg[1] then redis.call('DEL', key) end
return { 'freed' }
`,
  ALLOW_OOM,
)

/** Ends the lease of an owner that does not know what its work did: as a crash does, only at once. owner. */
const abandon = script(
  `${FOUND}
if found and found.state == 'running' and found.owner == arg[1] then redis.call('HSET', key, 'lease', '0') end
return { 'abandoned' }
`,
  ALLOW_OOM,
)

/** Lets an unfinished claim go whose owner is not believed to be alive. */
const release = script(
  `${FOUND}
if not found then return { 'absent' } end
if found.state == 'done' then return { 'finished' } end
local left = tonumber(found.lease) - now
if left > 0 then return { 'running', '', whole(left) } end
redis.call('DEL', key)
return { 'released' }
`,
  ALLOW_OOM,
)

/** Deletes a finished claim whose scope begins like this; what is unfinished is its owner's. scope's beginning. */
const erase = script(`
local values = redis.call('HMGET', key, 'state', 'scope')
if values[1] ~= 'done' or string.sub(values[2], 1, #arg[1]) ~= arg[1] then return { 'kept' } end
redis.call('DEL', key)
return { 'erased' }
`)

/** Everything that the store asks of Redis. */
export const scripts: Readonly<
  Record<'reserve' | 'renew' | 'complete' | 'free' | 'abandon' | 'release' | 'erase', Script>
> = {
  reserve,
  renew,
  complete,
  free,
  abandon,
  release,
  erase,
}
