import type { Creation } from '@createonce/server'
import { createBook } from './books.ts'
import { createOrder } from './orders.ts'
import { createPublisher } from './publishers.ts'
import type { Service } from './service.ts'

/** The creations of the bookshop. */
export type BookshopCreations = Readonly<Record<'publishers' | 'books' | 'orders', Creation>>

/** Defines them; routes and the document are made of the same ones. */
export function createCreations(service: Service): BookshopCreations {
  return { publishers: createPublisher(service), books: createBook(service), orders: createOrder(service) }
}
