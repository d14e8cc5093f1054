import type * as NestCommon from '@nestjs/common'
import type * as NestCore from '@nestjs/core'
import { loadPeer } from '../shared/load-peer.ts'

type Common = Pick<typeof NestCommon, 'HttpException' | 'Inject' | 'Module' | 'Req' | 'Res'>
type Core = Pick<typeof NestCore, 'DiscoveryModule' | 'DiscoveryService'>

/** What of Nest is needed when the program runs. */
export const nest: Common & Core = (() => {
  const { HttpException, Inject, Module, Req, Res } = loadPeer<Common>(
    '@nestjs/common',
    '@createonce/server/nest',
    '12',
  )
  const { DiscoveryModule, DiscoveryService } = loadPeer<Core>('@nestjs/core', '@createonce/server/nest', '12')
  return { HttpException, Inject, Module, Req, Res, DiscoveryModule, DiscoveryService }
})()
