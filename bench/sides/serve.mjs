/**
 * A side from a Fastify app: how to listen, what is worth telling of it (`facts`), and how its store purges, if it has one.
 */
export function serve(app, { facts = {}, store } = {}) {
  return {
    async listen() {
      await app.listen({ port: 0, host: '127.0.0.1' })
      return app.server.address().port
    },
    facts,
    purge: () => store.purge(),
  }
}
