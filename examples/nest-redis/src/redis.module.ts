import { redisStore } from '@createonce/server/redis'
import { Global, Injectable, Module, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common'
import { Redis } from 'ioredis'

/** The one connection to Redis, and the store of the keys on it. */
@Injectable()
export class RedisService implements OnModuleInit, OnModuleDestroy {
  readonly client = new Redis(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379')
  readonly store = redisStore({ ioredis: this.client })

  constructor() {
    // Requests are answered 503 meanwhile; ioredis goes on trying.
    this.client.on('error', (error) => console.error('The connection to Redis broke:', error.message))
  }

  /** Refuses a Redis that forgets keys when its memory is full. */
  async onModuleInit() {
    await this.store.ready()
  }

  /** When the server takes nothing new any more. */
  async onModuleDestroy() {
    await this.store.close()
    await this.client.quit()
  }
}

@Global()
@Module({ providers: [RedisService], exports: [RedisService] })
export class RedisModule {}
