/** Whether a media type is that of a form: what it carries is text, whatever the schema calls it. */
export function isFormMediaType(mediaType: string | undefined): boolean {
  const bare = mediaType?.split(';')[0]?.trim().toLowerCase()
  return bare === 'application/x-www-form-urlencoded' || bare === 'multipart/form-data'
}
