import { z } from 'zod'

/** What a client sends. */
export const newParcel = z.strictObject({
  recipient: z.string().trim().min(1).max(200),
  address: z.string().trim().min(1).max(500),
  grams: z.int().min(1).max(31_500),
})
export type NewParcel = z.infer<typeof newParcel>

/** What is answered for a parcel, by POST, GET and the list alike. */
export const parcel = newParcel.extend({ id: z.uuid(), createdAt: z.iso.datetime() })
export type Parcel = z.infer<typeof parcel>

/** The query of the list. */
export const pageQuery = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type PageQuery = z.infer<typeof pageQuery>
