/** What marks a handler as that of a creation, for whoever looks at routes: the plugin, and generators of documents. */
export const CREATION: unique symbol = Symbol.for('createonce.creation')
