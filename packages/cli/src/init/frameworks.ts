/** Frameworks by the package that tells them, with the port of their own examples; one that is built upon another comes first. */
export const frameworks: readonly { readonly package: string; readonly name: string; readonly port: number }[] = [
  { package: '@nestjs/core', name: 'NestJS', port: 3000 },
  { package: '@adonisjs/core', name: 'AdonisJS', port: 3333 },
  { package: 'next', name: 'Next.js', port: 3000 },
  { package: '@feathersjs/feathers', name: 'Feathers', port: 3030 },
  { package: '@loopback/rest', name: 'LoopBack', port: 3000 },
  { package: 'fastify', name: 'Fastify', port: 3000 },
  { package: 'express', name: 'Express', port: 3000 },
  { package: '@hapi/hapi', name: 'hapi', port: 3000 },
  { package: 'koa', name: 'Koa', port: 3000 },
  { package: 'hono', name: 'Hono', port: 3000 },
]
