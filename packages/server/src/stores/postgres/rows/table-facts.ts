import type { Connection } from '../driver.ts'
import { identifier, textLiteral } from '../literals.ts'

/** A column as the catalogue has it. */
export interface ColumnFacts {
  readonly name: string
  /** The type without its modifier: a cast to `varchar(40)` would cut silently, where an assignment refuses. */
  readonly type: string
  /** Whether the database fills it in where it is not given. */
  readonly isFilled: boolean
  /** Arrays cannot be elements of arrays, and composite types have texts of their own. */
  readonly isSimple: boolean
}

/** A foreign key. */
export interface ReferenceFacts {
  readonly constraint: string
  readonly columns: readonly string[]
  readonly table: string
  readonly targets: readonly string[]
  /** Whether this role may look the referenced row up, and would see all of them. */
  readonly isVisible: boolean
}

/** What has to be known of a table before rows of it can be declared. */
export interface TableFacts {
  /** The name with its schema, quoted. */
  readonly name: string
  readonly columns: readonly ColumnFacts[]
  readonly primaryKey: readonly string[]
  /** The columns of each unique rule that is no primary key. */
  readonly unique: readonly (readonly string[])[]
  readonly references: readonly ReferenceFacts[]
  /** Whether what is inserted is what is kept: an ordinary table without triggers, rules and row security. */
  readonly isPlain: boolean
}

/** Reads the catalogue over a lent connection. Throws where there is no such table. */
export async function readTableFacts(connection: Pick<Connection<unknown>, 'run'>, table: string): Promise<TableFacts> {
  const { rows } = await connection.run(factsQuery(table.split('.').map(identifier).join('.')))
  const facts = rows[0]?.['facts']
  if (typeof facts !== 'string') {
    throw new Error(
      `There is no table ${table}, or this role may not see its schema; create it before the first request.`,
    )
  }
  return JSON.parse(facts) as TableFacts
}

const names = (
  numbers: string,
  relation: string,
): string => `(select coalesce(json_agg(a.attname order by k.place), '[]')
  from unnest(${numbers}) with ordinality k(attnum, place)
  join pg_catalog.pg_attribute a on a.attrelid = ${relation} and a.attnum = k.attnum)`

const factsQuery = (name: string): string => `select json_build_object(
  'name', format('%I.%I', n.nspname, c.relname),
  'columns', (select json_agg(json_build_object('name', a.attname, 'type', pg_catalog.format_type(a.atttypid, null),
      'isFilled', a.atthasdef or a.attidentity <> '' or a.attgenerated <> '',
      'isSimple', t.typcategory not in ('A', 'C', 'P')) order by a.attnum)
    from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
  'primaryKey', coalesce((select ${names('i.indkey', 'c.oid')} from pg_catalog.pg_index i
    where i.indrelid = c.oid and i.indisprimary), '[]'),
  'unique', coalesce((select json_agg(${names('i.indkey', 'c.oid')} order by i.indexrelid) from pg_catalog.pg_index i
    where i.indrelid = c.oid and i.indisunique and not i.indisprimary and i.indexprs is null), '[]'),
  'references', coalesce((select json_agg(json_build_object('constraint', f.conname, 'columns', ${names('f.conkey', 'c.oid')},
      'table', format('%I.%I', rn.nspname, r.relname), 'targets', ${names('f.confkey', 'r.oid')},
      'isVisible', pg_catalog.has_schema_privilege(rn.oid, 'usage') and pg_catalog.has_table_privilege(r.oid, 'select')
        and not r.relrowsecurity) order by f.oid)
    from pg_catalog.pg_constraint f join pg_catalog.pg_class r on r.oid = f.confrelid
    join pg_catalog.pg_namespace rn on rn.oid = r.relnamespace
    where f.conrelid = c.oid and f.contype = 'f'), '[]'),
  'isPlain', c.relkind = 'r' and not c.relrowsecurity and not c.relhasrules and not exists (select
    from pg_catalog.pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)
  )::text as facts
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.oid = pg_catalog.to_regclass(${textLiteral(name)})`
