import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common'
import type { Response } from 'express'

/** A request after the guard. */
export interface Authenticated {
  user: string
}

// Stands for your way to know callers: sessions, JSON Web Tokens, a table of API keys.
const users = new Map([
  ['Bearer secret-of-ann', 'ann'],
  ['Bearer secret-of-bob', 'bob'],
])

/** Names the caller as `request.user`, which scopes both the parcels and the idempotency keys. */
@Injectable()
export class AuthGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp()
    const request = http.getRequest()
    const user = users.get(request.headers.authorization)
    if (user === undefined) {
      http.getResponse<Response>().setHeader('WWW-Authenticate', 'Bearer')
      throw new UnauthorizedException('Send a bearer token.')
    }
    request.user = user
    return true
  }
}
