import { store } from '../../../store'

export async function GET(_request, { params }) {
  const { id } = await params
  const order = store.read.prepare('select id, item, quantity from orders where id = ?').get(id)
  return order ? Response.json(order) : notFound()
}

function notFound() {
  const headers = { 'Content-Type': 'application/problem+json' }
  return Response.json({ title: 'There is no such order', status: 404 }, { status: 404, headers })
}
