import { wordsOf } from '../target/words.ts'
import { DIGITS, type Fresh } from './fresh.ts'
import { phoneOf, stringForFormat } from './string-for-format.ts'

/**
 * Plausible values for a member by its name alone, where the schema says no more than "a string", the most usual
 * spelling first; none where the name tells nothing and any text will do.
 */
export function stringsForName(name: string, fresh: Fresh): readonly string[] {
  const joined = wordsOf(name).join(' ')
  const make = MAKERS.find(([pattern]) => pattern.test(joined))?.[1]
  return make === undefined ? [] : [make(fresh)].flat()
}

/** Tells whether the values of a member are words of a closed list in all likelihood, so that no new one can be made up. */
export function hasClosedVocabulary(name: string): boolean {
  return /\b(status|state|type|kind|role|gender|sex|category|level|unit|currency|country|language|lang|locale|priority|mode|colou?r|size|timezone|format|method|region)$/.test(
    wordsOf(name).join(' '),
  )
}

/** Tells whether a date by this name lies in the past by its nature. */
export function isPastByName(name: string): boolean {
  return /\b(birth|born|dob|birthday|founded|hired?|released?|published|issued|joined|created|purchased?|ordered|registered|registration)\b/.test(
    wordsOf(name).join(' ').replace('birthdate', 'birth'),
  )
}

const format =
  (name: string, past = false) =>
  (fresh: Fresh) =>
    stringForFormat(name, fresh, past) as string

const MAKERS: readonly (readonly [RegExp, (fresh: Fresh) => string | readonly string[]])[] = [
  [/\b(e ?mail)( address)?$/, format('email')],
  [/\b(url|uri|href|link|website|homepage|webhook)$/, format('uri')],
  [/\b(phone|telephone|mobile|tel|fax)( number| no)?$/, phoneOf],
  [/\b(uuid|guid)$/, format('uuid')],
  [/\bisbn( ?1[03])?$/, (fresh) => [withCheckDigit(`978${fresh.token(9, DIGITS)}`), isbn10(fresh.token(9, DIGITS))]],
  [/\b(ean|gtin|barcode|ean13)$/, (fresh) => withCheckDigit(`200${fresh.token(9, DIGITS)}`)],
  [/\bcurrency( code)?$/, () => ['EUR', 'eur']],
  [/\bcountry code$/, () => ['DE', 'DEU', 'de']],
  [/\bcountry$/, () => ['Germany', 'DE', 'DEU', 'de']],
  [/\b(language|lang|locale)( code)?$/, () => ['en', 'en-US', 'eng', 'English']],
  [/\b(timezone|time zone)$/, () => 'Europe/Berlin'],
  [/\b(zip|zip code|zipcode|postal code|postcode|post code|plz)$/, (fresh) => fresh.token(5, DIGITS)],
  [/\b(colou?r)$/, format('color')],
  [/\b(password|passwd|pwd|passphrase)$/, (fresh) => `Aa1!${fresh.token(12)}`],
  [/\b(birthday|date of birth|birth date|birthdate|dob)$/, format('date', true)],
  [/\b(date|day)$/, format('date')],
  [
    /\b(timestamp|datetime|date time)$|\b(created|updated|starts?|ends?|expires|published|due) at$/,
    format('date-time'),
  ],
  [/\b(ip|ip address|ipv4)$/, format('ipv4')],
  [/\b(host|hostname|domain)$/, format('hostname')],
  [/\b(user ?name|login|handle|nick ?name|slug)$/, (fresh) => `co${fresh.token(10)}`],
  [/\b(sku|code|serial|serial number|reference|ref)$/, (fresh) => `CO-${fresh.token(8).toUpperCase()}`],
]

/** Appends the check digit of ISBN-13 and EAN-13 to twelve digits. */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
  return digits + ((10 - (sum % 10)) % 10)
}

/** Appends the check digit of ISBN-10, where X stands for ten. */
function isbn10(digits: string): string {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
  const check = (11 - (sum % 11)) % 11
  return digits + (check === 10 ? 'X' : check)
}
