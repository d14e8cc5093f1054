import { existing, type Result, type ResultHeaders } from '../result.ts'

/** What existed was replaced, and this is it now: 200, or 204 where the client wants no content. */
export function replaced<Row>(row: Row, headers?: ResultHeaders): Result<Row> {
  return existing(row, headers)
}
