import { quote } from '../evidence/quote.ts'
import { fail, inconclusive, pass } from '../evidence/verdict.ts'
import type { Answer } from '../exchange/exchange.ts'
import { allAnswers } from '../experiments/all-answers.ts'
import type { Check } from './check.ts'

const internals: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a stack trace', pattern: /\bat (?:[\w$.<>[\] ]+ )?\(?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s)]+:\d+:\d+\)?/ },
  { what: 'a stack trace', pattern: /Traceback \(most recent call last\)|File "[^"]+", line \d+/ },
  {
    what: 'a stack trace',
    pattern: /\bat [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)|\bat [\w.<>`]+\([^)]*\) in .+:line \d+/,
  },
  { what: 'a stack trace', pattern: /#\d+ \/[^\s(]+\.php\(\d+\)|\.rb:\d+:in [`']|goroutine \d+ \[/ },
  {
    what: 'SQL',
    pattern:
      /\b(?:SELECT\b.{1,200}\bFROM|INSERT INTO|UPDATE\b.{1,100}\bSET|DELETE FROM)\b.{1,200}(?:\bWHERE\b|\bVALUES\b|\$\d|\?)/is,
  },
  {
    what: 'a message of the database',
    pattern:
      /SQLSTATE|SQLITE_[A-Z]+|ORA-\d{5}|UNIQUE constraint failed: |FOREIGN KEY constraint failed|duplicate key value violates unique constraint|violates (?:foreign key|not-null|check) constraint|Key \([^)]+\)=\(.*\) already exists|Duplicate entry '.*' for key|E11000 duplicate key|syntax error at or near/,
  },
  {
    what: 'a path of the server',
    pattern:
      /(?:^|[\s"'(=])(?:\/(?:home|usr\/src|usr\/local|var\/www|opt|srv|app|Users)\/[\w./-]+\.\w+|[A-Z]:\\[\w\\.-]+\.\w+)|node_modules\/|site-packages\//,
  },
]

/** An error tells the client what to do, and nobody what the server is made of. */
export const errorsNoInternals: Check = {
  id: 'errors-no-internals',
  group: 'errors',
  title: 'Errors show nothing of the inside',
  level: 'error',
  basis: 'guideline',
  source: 'Zalando #177; RFC 9457 §5; OWASP API8:2023',
  methods: ['POST', 'PUT'],
  async run(ask) {
    const errors = (await ask(allAnswers)).filter(({ answer }) => answer.response.status >= 400)
    if (errors.length === 0) return inconclusive('no error was seen')
    for (const { to, answer } of errors) {
      for (const { what, pattern } of internals) {
        const found = pattern.exec(textOf(answer))?.[0]
        // What we sent ourselves may come back: that is an echo, not a leak.
        if (found === undefined || answer.request.body.includes(found)) continue
        return fail({
          message: `The ${answer.response.status} answer to ${to} shows ${what}: ${quote(found)}.`,
          fix: "Log the cause under a request id, and answer with the id. Switch off the framework's debug pages.",
          evidence: [answer],
        })
      }
    }
    return pass(...errors.map(({ answer }) => answer))
  },
}

function textOf({ response }: Answer): string {
  const unescaped = response.body.replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\"/g, '"')
  return [...response.headers.map(([, value]) => value), unescaped].join('\n')
}
