import { describe, expect, it } from 'vitest'
import { maskedUrl } from '../../../src/serve/security/masked-url.ts'
import { secretNames } from '../../../src/serve/security/secret-names.ts'
import { secured } from './serve-secured.ts'

describe('a URL for logs and recordings', () => {
  it.each([
    ['/orders?api_key=s3cret', '/orders?api_key=***'],
    ['/orders?a=1&api_key=s3cret&b=%20+', '/orders?a=1&api_key=***&b=%20+'],
    ['/orders?api_key=s3cret&api_key=s3cret', '/orders?api_key=***&api_key=***'],
    ['/orders?api%5Fkey=s3cret', '/orders?api%5Fkey=***'],
    ['/orders?API_KEY=s3cret', '/orders?API_KEY=***'],
    ['/orders?api_key=s3=cr=et', '/orders?api_key=***'],
    ['/orders?api_key=s3cret?&x', '/orders?api_key=***&x'],
    ['/orders?my%20key=s3cret&my+key=s3cret', '/orders?my%20key=***&my+key=***'],
    ['https://shop.example/orders?api_key=s3cret#end', 'https://shop.example/orders?api_key=***#end'],
    ['/orders?x=%&api_key=s3cret', '/orders?x=%&api_key=***'],
  ])('%s is %s', (url, masked) => {
    expect(maskedUrl(url, ['api_key', 'My Key'])).toBe(masked)
  })

  it.each(['/orders', '/orders?', '/orders?a=1&&b', '/api_key=1', '/orders?my_api_key=1'])('%s stays', (url) => {
    expect(maskedUrl(url, ['api_key'])).toBe(url)
  })
})

describe('the secrets of a document', () => {
  it('are where its API keys are sent', () => {
    expect(secretNames(secured({}))).toEqual({
      headers: ['authorization', 'proxy-authorization', 'cookie', 'x-api-key'],
      parameters: ['api_key'],
    })
  })

  it('are the usual headers where it declares none', () => {
    expect(secretNames({})).toEqual({ headers: ['authorization', 'proxy-authorization', 'cookie'], parameters: [] })
  })
})
