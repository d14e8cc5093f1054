/** Members that a server shows once, or never, on purpose: credentials. */
export const secretMember: RegExp = /passw(or)?d|secret|token|api_?key|credential|\bpin\b|cvv|cvc/i

/** Members that lead on instead of holding a value; answers may carry them or not. */
export const linkMember: RegExp = /^(_.*|@.*|links?|self|href|meta|embedded|expandable)$/i
