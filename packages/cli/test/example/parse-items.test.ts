import { describe, expect, it } from 'vitest'
import { parseItems } from '../../src/commands/example/parse-items.ts'

describe('the items of a request', () => {
  it('are members, JSON members, header lines and query parameters', () => {
    const items = ['name=tea', 'qty:=2', 'tags:=["a","b"]', 'X-Tenant:  blue', 'dry==true', 'dry==maybe']
    expect(parseItems(items)).toEqual({
      members: { name: 'tea', qty: 2, tags: ['a', 'b'] },
      headers: [['X-Tenant', 'blue']],
      query: [
        ['dry', 'true'],
        ['dry', 'maybe'],
      ],
    })
  })

  it.each([
    ['note=', { note: '' }],
    ['time=12:30', { time: '12:30' }],
    ['sum=a==b', { sum: 'a==b' }],
    ['mail=ada@example.org', { mail: 'ada@example.org' }],
    ['a\\:b=c', { 'a:b': 'c' }],
    ['a\\=b=c', { 'a=b': 'c' }],
    ['none:=null', { none: null }],
    ['deep:={"a":{"b":1}}', { deep: { a: { b: 1 } } }],
  ])('%s is a member', (item, members) => {
    expect(parseItems([item])).toEqual({ members, headers: [], query: [] })
  })

  it.each([
    ['Authorization:Bearer a=b', ['Authorization', 'Bearer a=b']],
    ['X-Empty:', ['X-Empty', '']],
    ['Referer:http://localhost', ['Referer', 'http://localhost']],
  ])('%s is a header line', (item, header) => {
    expect(parseItems([item])).toEqual({ members: {}, headers: [header], query: [] })
  })

  it.each([
    [['nothing'], 'nothing is no part of a request'],
    [['=tea'], '=tea is no part of a request'],
    [['qty:=two'], 'For text, write qty=two.'],
    [['name=tea', 'name=coffee'], 'name is given twice'],
    [['photo@tea.png'], 'reading a value from a file (@) is not supported'],
    [['text=@tea.txt'], 'reading a value from a file (=@) is not supported'],
    [['data:=@tea.json'], 'reading a value from a file (:=@) is not supported'],
    [['address[city]=Rome'], "members within members are written as JSON here: address:='"],
    [['two words:x'], 'is no header line'],
    [['X-A:b\r\nX-B: c'], 'is no header line'],
  ])('%j is refused: %s', (items, said) => {
    expect(() => parseItems(items)).toThrow(said)
  })
})
