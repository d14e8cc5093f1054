import { CreateonceModule } from '@createonce/server/nest'
import { Module } from '@nestjs/common'
import type { Authenticated } from './auth.guard.js'
import { ParcelsController } from './parcels.controller.js'
import { ParcelsService } from './parcels.service.js'
import { ProblemsController } from './problems.controller.js'
import { RedisModule, RedisService } from './redis.module.js'

@Module({
  imports: [
    RedisModule,
    CreateonceModule.forRootAsync({
      inject: [RedisService],
      useFactory: ({ store }: RedisService) => ({
        store,
        principal: ({ native }: { native: Authenticated }) => native.user,
        // Redis undoes nothing, so a crash inside a creation leaves a choice. These may be run again: see ParcelsService.add.
        onCrash: 'rerun',
        idempotency: 'required',
      }),
    }),
  ],
  controllers: [ParcelsController, ProblemsController],
  providers: [ParcelsService],
})
export class AppModule {}
