/** What a form may have at most; how many bytes it has is the limit of every body. */
export const FORM_LIMITS = {
  // What PHP (max_input_vars) and qs (parameterLimit) take.
  fields: 1_000,
  // In UTF-16 code units. The longest names are those of objects spelled out: `order[lines][0][product][id]`.
  nameLength: 500,
  // `a[b][c]` has three levels. Objects of real APIs stay below; qs takes five.
  levels: 10,
  // A part has Content-Disposition, Content-Type, and hardly ever anything else.
  partHeaders: 20,
  partHeaderBytes: 8_192,
} as const
