/** What the listings of one lab have shown about where the target cuts its lists, if it does. */
export interface ListMemory {
  /** The most items that one listing showed: a list that was cut would never be shorter than that. */
  longest: number
  /** The length at which a list did not grow by one more create. */
  cutAt?: number
  /** The length of the last listing, and how many creates had been accepted by then. */
  last?: { readonly length: number; readonly accepted: number }
}
