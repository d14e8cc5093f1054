import { creationFetch } from '@createonce/server/fetch'
import { createOrder } from '../../create-order'
import { store } from '../../store'

function listOrders() {
  return Response.json({ orders: store.read.prepare('select id, item, quantity from orders order by rowid').all() })
}

// All methods, because the 405 that Next.js itself answers lacks the Allow that HTTP demands.
const orders = creationFetch({ '/orders': { GET: listOrders, POST: createOrder } })

export { orders as DELETE, orders as GET, orders as OPTIONS, orders as PATCH, orders as POST, orders as PUT }
