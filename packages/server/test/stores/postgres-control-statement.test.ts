import { describe, expect, it } from 'vitest'
import { controlStatement } from '../../src/stores/postgres/control-statement.ts'
import { textLiteral, timeText } from '../../src/stores/postgres/literals.ts'

describe('a statement that would end the transaction', () => {
  it.each([
    ['commit', 'COMMIT'],
    ['COMMIT AND CHAIN', 'COMMIT'],
    ['end', 'END'],
    ['abort work', 'ABORT'],
    ['begin', 'BEGIN'],
    ['start transaction', 'START'],
    ['rollback', 'ROLLBACK'],
    ['rollback work', 'ROLLBACK'],
    ['rollback and no chain', 'ROLLBACK'],
    ["prepare transaction 'x'", 'PREPARE TRANSACTION'],
    ["rollback prepared 'x'", 'ROLLBACK'],
    [' \t\r\n\f;; ;commit', 'COMMIT'],
    ['-- done\ncommit', 'COMMIT'],
    ['-- done\r\n-- really\n  commit;', 'COMMIT'],
    ['/* done */commit', 'COMMIT'],
    ['/* outer /* inner */ still a comment */ commit', 'COMMIT'],
    ['/* *** / /* done **/ */ ; -- and\n/* so on */ commit', 'COMMIT'],
    ['\ufeffcommit', 'COMMIT'],
    [`${'/* a */ -- b\n'.repeat(50_000)}commit`, 'COMMIT'],
    ['savepoint createonce_attempt', "SAVEPOINT of the library's own savepoint"],
    ['release savepoint "createonce_attempt"', "RELEASE of the library's own savepoint"],
    ['rollback to createonce_attempt', 'ROLLBACK'],
    ['rollback transaction to savepoint CREATEONCE_attempt;', 'ROLLBACK'],
  ])('is seen, however it is written: %.60j', (sql, word) => {
    expect(controlStatement(sql)).toBe(word)
  })

  it.each([
    "insert into thing values ('commit')",
    '/* begin */ insert into thing values (1)',
    '/* /* */ commit */ select 1',
    'select "commit" from thing',
    'committed_things_are_no_keyword',
    'prepare find as select 1',
    'savepoint mine',
    'release mine',
    'release savepoint "Mine"',
    'rollback to mine',
    'rollback to savepoint mine;',
    'rollback work to savepoint "mine"',
    'set constraints all immediate',
    '/* never ends',
    '',
  ])('is not seen in others: %j', (sql) => {
    expect(controlStatement(sql)).toBeUndefined()
  })
})

describe('a literal', () => {
  it('doubles quotes and backslashes, and refuses what text cannot hold', () => {
    expect(textLiteral(`it's a \\ "path"`)).toBe(`E'it''s a \\\\ "path"'`)
    expect(() => textLiteral('a\0b')).toThrow('U+0000')
  })

  it('of a time keeps milliseconds, and ends with the last year of four digits', () => {
    expect(timeText(1_700_000_000_001)).toBe('2023-11-14T22:13:20.001Z')
    expect(timeText(Number.POSITIVE_INFINITY)).toBe('9999-12-31T00:00:00.000Z')
  })
})
