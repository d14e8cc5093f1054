/** The roll-back of everything that is refused before it has any effect. */
export const NO_ROLL_BACK = 'Nothing to roll back: the request was refused before anything was written.'
