/**
 * Findings that say something about a document and nothing about how it is served: a document is served as it is, and
 * what it does not declare is told to its author. `document` and `operation` narrow a row to where it was looked at.
 */
export const aboutDocuments = [
  {
    check: 'doc-201-and-location',
    why: 'a creation answers 201 with Location also where the document declares 200 or no header',
  },
  { check: 'doc-errors-declared', why: 'documents leave out refusals that every correct server makes' },
  { check: 'doc-idempotency-policy', why: 'documents that were not written for it do not declare Idempotency-Key' },
  {
    check: 'doc-server-fields-readonly',
    why: 'documents that share one schema between request and answer do not say which members the server sets',
  },
  {
    check: 'body-describes-created',
    operation: 'applyToReadMe',
    why: 'its answer has five members that name nothing, and allows no other',
  },
  {
    check: 'input-roundtrip',
    operation: 'V1ServiceOwnerDialogsCommandsCreate_Dialog',
    why: 'a dialog may be created with the status New, which no answer may have',
  },
]

/** Why a finding is about the document itself, or undefined where it is about who serves it. */
export function whyAboutDocument(name, { check, operation }) {
  return aboutDocuments.find(
    (row) =>
      row.check === check &&
      (row.document === undefined || row.document === name) &&
      (row.operation === undefined || row.operation === operation),
  )?.why
}
