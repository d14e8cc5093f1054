/** One field of a form, as it was sent. */
export interface FormField {
  readonly name: string
  readonly text: string
  /** Whether its part says that it is JSON. */
  readonly isJson: boolean
}

/** A form, read; or why it is not taken. */
export type FormReading =
  | { readonly kind: 'fields'; readonly fields: readonly FormField[] }
  /** One of the fields is a file. */
  | { readonly kind: 'file'; readonly name: string }
  | FormRefusal

/** What is wrong with a form, as a code of the problem catalogue. */
export interface FormRefusal {
  readonly kind: 'refused'
  readonly code: 'malformed-body' | 'content-too-large'
  readonly detail: string
}

/** What is no form. */
export function malformed(detail: string): FormRefusal {
  return { kind: 'refused', code: 'malformed-body', detail }
}

/** What is too much of a form. */
export function tooLarge(detail: string): FormRefusal {
  return { kind: 'refused', code: 'content-too-large', detail }
}
