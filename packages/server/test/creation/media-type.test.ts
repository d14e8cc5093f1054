import { describe, expect, it } from 'vitest'
import { isJsonMediaType } from '../../src/creation/headers/media-type.ts'

describe('a content type', () => {
  it.each([
    'application/json',
    'Application/JSON',
    ' application/json ',
    'application/json;',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/json; charset="utf-8"',
    'application/json; charset=utf8',
    'application/json; profile="https://example.com/a;charset=utf-16"',
    'application/json; version=1; charset=utf-8',
    'application/vnd.shop.order+json',
    'application/VND.shop.v2+JSON; charset=utf-8',
    'application/ld+json',
  ])('%j is JSON', (contentType) => expect(isJsonMediaType(contentType)).toBe(true))

  it.each([
    undefined,
    '',
    'json',
    'text/json',
    'text/plain',
    'application/jsonp',
    'application/x-json',
    'application/+json',
    'application/a b+json',
    'application/a/b+json',
    'application/json+xml',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'application/json; charset=UTF-16LE',
    'application/json; charset=iso-8859-1',
    'application/json; charset=utf-8; charset=utf-16',
    'application/json; charset = utf-16',
    'application/json; charset="\\utf-16"',
    'application/json; charset',
    'application/json; charset=',
    'application/json; charset="utf-8',
    'application/json, text/plain',
    'application/json; charset=utf-8, text/plain',
    'application/json\u00a0',
  ])('%j is not', (contentType) => expect(isJsonMediaType(contentType)).toBe(false))
})
