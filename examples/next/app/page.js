import { store } from '../store'
import { OrderForm } from './order-form'

export const dynamic = 'force-dynamic'

export default function Page() {
  const { count } = store.read.prepare('select count(*) as count from orders').get()
  return (
    <main>
      <h1>Shop</h1>
      <OrderForm />
      <p>Orders: {count}</p>
    </main>
  )
}
