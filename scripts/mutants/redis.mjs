// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are pieces of source text.
// Seeded faults in the Redis store; see mutants-list.mjs.
const FOLDER = 'stores/redis'
const SCRIPTS = `${FOLDER}/scripts.ts`
const ATTEMPT = `${FOLDER}/attempt.ts`
const LEASED = `${FOLDER}/execute-leased.ts`
const LEASE = `${FOLDER}/hold-lease.ts`
const ASK = `${FOLDER}/ask-until-known.ts`
const JUDGE = `${FOLDER}/judge-server.ts`

export const mutants = [
  // The reservation.
  {
    name: 'redis: whoever comes takes the key',
    file: SCRIPTS,
    from: "if left > 0 then return { 'running', found.fingerprint, whole(left) } end\n    -- Both",
    to: '-- Both',
  },
  {
    name: 'redis: a lease ends a millisecond late',
    file: SCRIPTS,
    from: "if left > 0 then return { 'running', found.fingerprint",
    to: "if left >= 0 then return { 'running', found.fingerprint",
  },
  {
    name: 'redis: only the one that died must allow to run again',
    file: SCRIPTS,
    from: "found.crash ~= 'rerun' or crash ~= 'rerun'",
    to: "found.crash ~= 'rerun'",
  },
  {
    name: 'redis: only the one that asks must allow to run again',
    file: SCRIPTS,
    from: "found.crash ~= 'rerun' or crash ~= 'rerun'",
    to: "crash ~= 'rerun'",
  },
  {
    name: 'redis: another request takes over',
    file: SCRIPTS,
    from: 'found.fingerprint ~= fingerprint and found.owner ~= successor_of',
    to: 'false',
  },
  {
    name: 'redis: two succeed the same owner',
    file: ATTEMPT,
    from: 'return reserve(late)',
    to: "return { kind: 'acquired' }",
  },
  {
    name: 'redis: the same request in another version is another request',
    file: ATTEMPT,
    from: 'claim.isSame?.(recorded) === true',
    to: 'false',
  },
  {
    name: 'redis: an owner that asks again is in flight',
    file: SCRIPTS,
    from: 'if found.owner ~= owner then\n    local left',
    to: 'if true then\n    local left',
  },
  {
    name: 'redis: the first write of a reservation needs no room',
    file: SCRIPTS,
    from: 'local expires = now + arg[4] + arg[5]\n',
    to: "local expires = now + arg[4] + arg[5]\nredis.call('DEL', key)\n",
  },
  {
    name: 'redis: an unfinished key does not outlive its lease',
    file: SCRIPTS,
    from: 'local expires = now + arg[4] + arg[5]',
    to: 'local expires = now + arg[4]',
  },
  {
    name: 'redis: an unfinished key is never removed',
    file: SCRIPTS,
    from: "redis.call('PEXPIRE', key, whole(arg[4] + arg[5]))",
    to: '',
  },
  {
    name: 'redis: a reservation without an answer is left',
    file: ATTEMPT,
    from: 'void run(scripts.free, [owner]).catch(() => {})',
    to: '',
  },
  {
    name: 'redis: scopes share their keys',
    file: `${FOLDER}/claim-key.ts`,
    from: 'JSON.stringify([scope, key])',
    to: 'JSON.stringify([scope.slice(0, 0), key])',
  },
  {
    name: 'redis: what is past its retention still counts',
    file: SCRIPTS,
    from: 'if values[1] and tonumber(values[7]) > now then',
    to: 'if values[1] then',
  },

  // The lease.
  {
    name: 'redis: a lease is not renewed',
    file: LEASED,
    from: 'const lease = holdLease(attempt.renew, settings)',
    to: "const lease = holdLease(async () => 'renewed', settings)",
  },
  {
    name: 'redis: a renewal takes the key back',
    file: SCRIPTS,
    from: "if not found or found.state ~= 'running' or found.owner ~= arg[1] then return { 'lost' } end",
    to: "if not found then return { 'lost' } end",
  },
  {
    name: 'redis: create() may hold its key for ever',
    file: LEASE,
    from: "if (asked - begun >= holdMs) return lose('create() held its key for too long.')",
    to: '',
  },
  {
    name: 'redis: a renewal that fails ends the lease',
    file: LEASE,
    from: 'else if (time.now() >= until)',
    to: 'else',
  },
  { name: 'redis: a lost lease is told to nobody', file: LEASE, from: 'lost?.abort(reason)', to: 'void why' },

  // The record.
  {
    name: 'redis: a late owner replaces the record',
    file: SCRIPTS,
    from: 'if found and found.owner ~= arg[1] then\n',
    to: "if found and found.owner ~= arg[1] and found.state ~= 'done' then\n",
  },
  {
    name: 'redis: a late owner records over its successor that runs',
    file: SCRIPTS,
    from: "  return { 'running', found.fingerprint, whole(math.max(found.lease - now, 0)) }\nend",
    to: 'end',
  },
  {
    name: 'redis: a late owner tells its own answer',
    file: LEASED,
    from: "if (completed.kind !== 'completed') return completed",
    to: 'void completed',
  },
  {
    name: 'redis: a full memory forgets what was done',
    file: SCRIPTS,
    from: "redis.call('PEXPIRE', key, arg[4])\nreturn { 'completed' }\n`,\n  ALLOW_OOM,",
    to: "redis.call('PEXPIRE', key, arg[4])\nreturn { 'completed' }\n`,",
  },
  {
    name: 'redis: a record is never removed',
    file: SCRIPTS,
    from: "redis.call('PEXPIRE', key, arg[4])",
    to: "redis.call('PERSIST', key)",
  },

  // What is not kept.
  {
    name: 'redis: a roll-back leaves the key reserved',
    file: LEASED,
    from: '} else await attempt.free()',
    to: '}',
  },
  {
    name: 'redis: an exception leaves the key reserved',
    file: LEASED,
    from: 'await attempt.free()\n      throw error',
    to: 'throw error',
  },
  {
    name: 'redis: a late owner frees the key of its successor',
    file: SCRIPTS,
    from: "if found and found.state == 'running' and found.owner == arg[1] then redis.call('DEL', key) end",
    to: "if found and found.state == 'running' then redis.call('DEL', key) end",
  },
  {
    name: 'redis: a late owner ends the lease of its successor',
    file: SCRIPTS,
    from: "found.owner == arg[1] then redis.call('HSET', key, 'lease', '0')",
    to: "true then redis.call('HSET', key, 'lease', '0')",
  },
  {
    name: 'redis: an unknown outcome frees the key',
    file: LEASED,
    from: 'await attempt.abandon()',
    to: 'await attempt.free()',
  },
  {
    name: 'redis: a release ends a key that is at work',
    file: SCRIPTS,
    from: "if left > 0 then return { 'running', '', whole(left) } end",
    to: '',
  },
  {
    name: 'redis: a release forgets an answer',
    file: SCRIPTS,
    from: "if found.state == 'done' then return { 'finished' } end",
    to: "if found.state == 'done' then found.lease = 0 end",
  },

  // The way to Redis.
  {
    name: 'redis: a lost answer is a failure',
    file: ASK,
    from: 'if (!isPassing || time.now() - begun >= patienceMs) {',
    to: 'if (!isPassing || tries >= 0) {',
  },
  {
    name: 'redis: a silent server is waited for for ever',
    file: ASK,
    from: 'return await within(time, answerMs, ask(), () => new Error(`No answer within ${answerMs} ms`))',
    to: 'return await ask(); void within; void answerMs',
  },
  {
    name: 'redis: a script that is not known is a failure',
    file: `${FOLDER}/create-script-runner.ts`,
    from: "if (replyCode(error) !== 'NOSCRIPT') throw error",
    to: 'if (replyCode(error) !== undefined) throw error',
  },
  {
    name: 'redis: the server is not looked at',
    file: 'stores/redis.ts',
    from: '    await ready()\n    return executeLeased',
    to: '    return executeLeased',
  },
  {
    name: 'redis: a server that was unfit stays so',
    file: 'stores/redis.ts',
    from: '      readiness = undefined\n',
    to: '',
  },
  {
    name: 'redis: any eviction will do',
    file: JUDGE,
    from: "policy !== undefined && policy !== 'noeviction'",
    to: 'false',
  },
  {
    name: 'redis: what cannot be seen is good',
    file: JUDGE,
    from: 'if (unknown.size > 0) return',
    to: 'if (unknown.size > 9) return',
  },
  {
    name: 'redis: the disk is not looked at',
    file: JUDGE,
    from: "appendfsync !== 'always'",
    to: "appendfsync === 'no'",
  },
  {
    name: 'redis: keys of one call get the replies of each other',
    file: `${FOLDER}/create-script-runner.ts`,
    from: 'resolve(replies[index]!)',
    to: 'resolve(replies[replies.length - 1 - index]!)',
  },
  {
    name: 'redis: one key that is refused fails those of the same call',
    file: `${FOLDER}/create-script-runner.ts`,
    from: 'waiting.length > 1 && replyCode(error) !== undefined',
    to: 'waiting.length > 1e9 && replyCode(error) !== undefined',
  },
  {
    name: 'redis: keys of one call share their arguments',
    file: SCRIPTS,
    from: 'arg[place] = ARGV[(index - 1) * width + place]',
    to: 'arg[place] = ARGV[place]',
  },
]
