import { describe, expect, it } from 'vitest'
import { parseCurl } from '../../src/commands/example/parse-curl.ts'
import { splitWords } from '../../src/commands/example/split-words.ts'

const json = ['Content-Type', 'application/json']
const url = 'http://localhost/items'
const tea = { method: 'POST', url, headers: [json], body: { name: 'tea' } }

describe('a curl command', () => {
  it.each([
    [`curl -X POST ${url} -H 'Content-Type: application/json' -d '{"name":"tea"}'`, tea],
    [`curl -XPOST ${url} -H'Content-Type:application/json' --data-raw '{"name":"tea"}'`, tea],
    [`curl --url ${url} --header "Content-Type: application/json" --data "{\\"name\\":\\"tea\\"}"`, tea],
    [
      `curl -sSi ${url} \\\n  -H 'content-type: application/json' \\\r\n  -d '{"name":"tea"}' --compressed`,
      {
        ...tea,
        headers: [['content-type', 'application/json']],
      },
    ],
    [`curl ${url} -H $'Content-Type: application/json' --data-raw $'{"name":"\\u0074e\\x61"}'`, tea],
    [`curl --json '{"name":"tea"}' ${url}`, { ...tea, headers: [] }],
    [`curl -X PUT --json '{}' ${url}`, { method: 'PUT', url, headers: [], body: {} }],
    [`curl -X POST '${url}?a=b&c=d'`, { method: 'POST', url: `${url}?a=b&c=d`, headers: [] }],
    [`curl ${url}`, { method: 'GET', url, headers: [] }],
    [
      `curl -u ada:secret -A tester -b 'sid=1' -H 'X-Empty;' ${url} --json '1'`,
      {
        method: 'POST',
        url,
        body: 1,
        headers: [
          ['X-Empty', ''],
          ['Authorization', 'Basic YWRhOnNlY3JldA=='],
          ['User-Agent', 'tester'],
          ['Cookie', 'sid=1'],
        ],
      },
    ],
  ])('is understood: %s', (command, example) => {
    expect(parseCurl(command)).toEqual(example)
  })

  it.each([
    ['wget http://localhost', "--curl takes a whole command: 'curl -X POST http://… '."],
    ['curl', 'has no URL'],
    ['curl http://a http://b', 'has two URLs, http://a and http://b'],
    [`curl -F photo=@tea.png ${url}`, '-F of the curl command is not supported'],
    [`curl --form-string a=b ${url}`, '--form-string of the curl command is not supported'],
    [`curl -k ${url}`, '-k of the curl command is not supported'],
    [`curl -L --json '{}' ${url}`, '-L of the curl command is not supported'],
    [`curl -sk ${url}`, '-k of the curl command is not supported'],
    [`curl -X`, '--request of the curl command has no value'],
    [`curl ${url} -d name=tea`, 'curl sends --data as a form'],
    [
      `curl ${url} -H 'Content-Type: application/json' -d @tea.json`,
      '--data @tea.json of the curl command reads a file',
    ],
    [`curl ${url} --json '{' `, 'The body of the curl command is no JSON'],
    [`curl ${url} --json '{}' --json '{}'`, 'has two bodies'],
    [`curl ${url} -H 'Accept:'`, '-H Accept: of the curl command is not supported'],
    [`curl ${url} -H @headers`, '-H @headers of the curl command is not supported'],
    [`curl ${url} -u ada --json 1`, '-u of the curl command needs user:password'],
    [`curl ${url} -b cookies.txt --json 1`, 'reads a file, which is not supported'],
    [`curl ${url} --json '{"name":"tea"}`, 'A quote in the curl command is not closed'],
  ])('is refused by name: %s', (command, said) => {
    expect(() => parseCurl(command)).toThrow(said)
  })
})

describe('the words of a command', () => {
  it.each([
    ["a 'b c'  d", ['a', 'b c', 'd']],
    ["it'\\''s", undefined],
    ["'it'\\''s'", ["it's"]],
    ['"a \\"b\\" \\$x \\n"', ['a "b" $x \\n']],
    ['"ends with \\\\"', ['ends with \\']],
    ["''", ['']],
    ['a\\ b', ['a b']],
    ["$'a\\nb\\'c'", ["a\nb'c"]],
    ['', []],
  ])('%j', (command, words) => {
    if (words === undefined) expect(() => splitWords(command)).toThrow('not closed')
    else expect(splitWords(command)).toEqual(words)
  })
})
