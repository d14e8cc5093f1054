/** Makes the tables, where they are not there yet. In production your migrations do. */
export async function createTables(pool) {
  await pool.query(`
    create table if not exists customers (
      id uuid primary key default gen_random_uuid(),
      owner text not null,
      email text not null,
      name text not null,
      created_at timestamptz not null default now(),
      position bigint generated always as identity,
      unique (owner, email)
    );
    create table if not exists orders (
      id uuid primary key default gen_random_uuid(),
      customer_id uuid not null references customers on delete cascade,
      owner text not null,
      item text not null,
      quantity integer not null,
      created_at timestamptz not null default now(),
      position bigint generated always as identity
    );
    create index if not exists orders_of_customer on orders (customer_id, position);
  `)
}
