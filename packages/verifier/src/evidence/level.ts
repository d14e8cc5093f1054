/** How severe a finding is: a broken MUST is an error, a broken SHOULD a warning, a MAY or a convention a note. */
export type Level = 'error' | 'warning' | 'note'
