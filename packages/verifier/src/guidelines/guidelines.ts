/** Guidelines that a run can judge by. */
export type GuidelineName = 'rfc' | 'zalando' | 'json-api'

/** What one set of guidelines is, and which checks of the standards it puts its own in the place of. */
export interface Guideline {
  readonly title: string
  readonly source: string
  /** A check of the standards → the check of these guidelines that asks for more, or for something else. */
  readonly replaces: Readonly<Record<string, string>>
}

/**
 * The guidelines that a run can judge by, the default first. What the guidelines disagree on is decided here and by
 * the `guidelines` of a check; everything else is judged alike.
 */
export const guidelines: Readonly<Record<GuidelineName, Guideline>> = {
  rfc: {
    title: 'the standards alone: RFC 9110 and its neighbours',
    source: 'https://www.rfc-editor.org/rfc/rfc9110',
    replaces: {},
  },
  zalando: {
    title: 'Zalando RESTful API Guidelines',
    source: 'https://opensource.zalando.com/restful-api-guidelines/',
    replaces: {
      // Both judge the same answers; the guidelines choose one of the two statuses.
      'validation-code-consistent': 'zalando-invalid-400',
      'problem-details-valid': 'zalando-problem-json',
    },
  },
  'json-api': {
    title: 'JSON:API 1.1',
    source: 'https://jsonapi.org/format/1.1/',
    // JSON:API has error documents of its own, and says which type they are sent as.
    replaces: { 'problem-details-valid': 'json-api-error-documents' },
  },
}

/** The names of the guidelines, the default first. */
export const guidelineNames = Object.keys(guidelines) as readonly GuidelineName[]
