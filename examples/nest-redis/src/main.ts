// `REDIS_URL=redis://… PORT=3000 node dist/main.js`, after `npm run build`
import 'reflect-metadata'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { SwaggerModule } from '@nestjs/swagger'
import { AppModule } from './app.module.js'
import { createDocument } from './openapi.js'
import { ProblemFilter } from './problem.filter.js'

// Creations read their bodies themselves; nothing else here has one.
const app = await NestFactory.create<NestExpressApplication>(AppModule, {
  bodyParser: false,
  logger: ['error', 'warn'],
})
app.disable('x-powered-by')
app.useGlobalFilters(new ProblemFilter())
SwaggerModule.setup('docs', app, createDocument(app), { jsonDocumentUrl: 'openapi.json' })

// Closes the server, then what the modules hold, on SIGTERM.
app.enableShutdownHooks()
await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1')
console.log(`listening on ${await app.getUrl()}`)
