import { Injectable } from '@nestjs/common'
import type { NewParcel, PageQuery, Parcel } from './parcel.js'
import { RedisService } from './redis.module.js'

/** Keeps parcels in Redis: one JSON text for each, and for each owner a sorted set of ids by number. */
@Injectable()
export class ParcelsService {
  constructor(private readonly redis: RedisService) {}

  /**
   * May be run again after a crash at any point, so `onCrash` is 'rerun': `id` is the `attemptKey` of the request, the same
   * in every run, and what is there already is left as it is.
   */
  async add(id: string, input: NewParcel, owner: string): Promise<Parcel> {
    const { client } = this.redis
    const parcel: Parcel = { id, ...input, createdAt: new Date().toISOString() }
    const position = await client.incr('parcels:last')
    // One transaction of Redis: text and list have it, or none. NX: only where it is not there yet.
    await client
      .multi()
      .set(textOf(owner, id), JSON.stringify(parcel), 'NX')
      .zadd(listOf(owner), 'NX', position, id)
      .exec()
    return (await this.find(id, owner)) ?? parcel
  }

  async find(id: string, owner: string): Promise<Parcel | undefined> {
    const text = await this.redis.client.get(textOf(owner, id))
    return text === null ? undefined : JSON.parse(text)
  }

  /** The newest first, those with a number below `before`; with where the next page is, if there is one. */
  async list(owner: string, { before, limit }: PageQuery): Promise<{ items: Parcel[]; next?: string }> {
    const { client } = this.redis
    const from = before === undefined ? '+inf' : `(${before}`
    // One more than fits tells whether there is a next page.
    const ids = await client.zrange(listOf(owner), from, '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, limit + 1)
    const shown = ids.slice(0, limit)
    const texts = shown.length === 0 ? [] : await client.mget(shown.map((id) => textOf(owner, id)))
    // One that was deleted meanwhile is not shown.
    const items = texts.filter((text) => text !== null).map((text) => JSON.parse(text) as Parcel)
    if (ids.length <= limit) return { items }
    const last = await client.zscore(listOf(owner), shown.at(-1)!)
    return last === null ? { items } : { items, next: `/parcels?before=${last}&limit=${limit}` }
  }

  /** Whether it was there. */
  async remove(id: string, owner: string): Promise<boolean> {
    const [[, deleted]] = (await this.redis.client.multi().del(textOf(owner, id)).zrem(listOf(owner), id).exec()) as [
      [unknown, number],
    ]
    return deleted === 1
  }
}

// On a cluster both have to be on one server: what stands in braces decides.
const textOf = (owner: string, id: string) => `parcels:{${owner}}:${id}`
const listOf = (owner: string) => `parcels:{${owner}}`
