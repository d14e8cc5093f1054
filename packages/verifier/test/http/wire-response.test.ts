import { describe, expect, test } from 'vitest'
import { parseWire } from '../../src/http/wire-response.ts'

const parse = (text: string, ended = false) => parseWire(Buffer.from(text), ended)

describe('the bytes of a response', () => {
  test('are read by their length, once all of it is there', () => {
    const head = 'HTTP/1.1 201 Created\r\nContent-Length: 4\r\nLocation: /a\r\nlocation: /b\r\n\r\n'
    expect(parse(`${head}abc`)).toBeUndefined()
    expect(parse(`${head}abcd`)).toEqual({
      status: 201,
      headers: [
        ['Content-Length', '4'],
        ['Location', '/a'],
        ['location', '/b'],
      ],
      body: 'abcd',
    })
  })

  test('are read chunk by chunk', () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(parse(`${head}3\r\nabc\r\n`)).toBeUndefined()
    expect(parse(`${head}3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`)?.body).toBe('abcde')
  })

  test('end with the connection where no length is given', () => {
    expect(parse('HTTP/1.0 200 OK\r\n\r\nabc')).toBeUndefined()
    expect(parse('HTTP/1.0 200 OK\r\n\r\nabc', true)?.body).toBe('abc')
  })

  test('may begin with interim responses', () => {
    expect(parse('HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n')?.status).toBe(204)
  })

  test('are refused when they are no HTTP', () => {
    expect(() => parse('SSH-2.0-OpenSSH\r\n\r\n')).toThrow('does not start like HTTP')
  })
})
