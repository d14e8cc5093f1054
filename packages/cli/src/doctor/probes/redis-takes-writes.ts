import { randomUUID } from 'node:crypto'
import type { Probe, Reading } from '../probe.ts'
import { askRedis } from '../stores/ask-redis.ts'
import type { RedisConnection } from '../stores/open-redis.ts'

// What the scripts of the store call; the key is gone before the script ends, and would go by itself.
const SCRIPT = `redis.call('HSET', KEYS[1], 'state', 'doctor')
redis.call('PEXPIRE', KEYS[1], 1000)
redis.call('HMGET', KEYS[1], 'state')
redis.call('TIME')
redis.call('HDEL', KEYS[1], 'other')
return redis.call('DEL', KEYS[1])`

// In a cluster a key belongs to one of a few servers: this often, none is the server that was asked almost never.
const MOST_TRIES = 100

export const redisTakesWrites: Probe = {
  id: 'redis-takes-writes',
  needs:
    'The user of the service may run scripts that write keys which begin with `createonce:`, and the server takes writes',
  how: 'Runs a script that writes such a key and deletes it again.',
  why: 'On a replica, with a full memory, on a disk that refuses snapshots, or where the access list forbids it, every creation is answered 503.',
  mend: '`ACL SETUSER … ~createonce:* +ping +info +config|get +eval +evalsha +time +hset +hget +hmget +hdel +pexpire +del +scan`, or what the server says: the address of the primary, more memory, room on the disk.',
  look: (surroundings) => askRedis(surroundings, async (connection) => [await write(connection)]),
}

async function write({ send }: RedisConnection): Promise<Omit<Reading, 'subject'>> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    try {
      await send('EVAL', SCRIPT, '1', `createonce:doctor:${randomUUID()}`)
      return { kind: 'good', seen: 'a key was written and deleted' }
    } catch (error) {
      const { message } = error as Error
      if (message.startsWith('MOVED ')) continue
      // Without a code it is no answer of Redis, and nothing is known.
      if (!/^[A-Z]+ /.test(message)) throw error
      // The prefix is a setting of the store: what is forbidden for this one may be allowed for yours.
      const isPrefix = /NOPERM.*\bkeys?\b/i.test(message)
      return { kind: isPrefix ? 'unknown' : 'bad', seen: message.slice(0, 300) }
    }
  }
  return { kind: 'unknown', seen: 'this server of the cluster holds no keys: is it a replica?' }
}
