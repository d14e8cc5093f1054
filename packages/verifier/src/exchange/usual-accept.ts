/** The Accept of every request that has none of its own: JSON if possible, and problem documents. */
export const usualAccept = 'application/json, application/problem+json;q=0.9, */*;q=0.1'
