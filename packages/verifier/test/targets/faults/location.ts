import type { About } from '../styles/decisions.ts'
import { type Fault, fault, onAnswer, withHeader } from './fault.ts'

const sends = (location: (about: About) => readonly string[]) =>
  onAnswer('created', (reply, about) => withHeader(reply, 'Location', ...location(about)))
const id = ({ path }: About) => path.split('/').at(-1) ?? ''

/** What services get wrong about Location. */
export const locationFaults: readonly Fault[] = [
  fault(
    'no Location',
    'location-present',
    'uuids, data envelope, whole Fastify',
    sends(() => []),
    'prefer-handled',
  ),
  fault(
    'Content-Location in its place',
    'location-present',
    'plain, HAL',
    {
      ...onAnswer('created', (reply, about) =>
        withHeader(withHeader(reply, 'Location'), 'Content-Location', about.path),
      ),
    },
    'prefer-handled',
  ),
  fault(
    'Location with undefined for the id',
    'location-resolves',
    'plain, absolute Location, cursors',
    sends(({ collection }) => [`${collection}/undefined`]),
    'location-identifies-created body-describes-created',
  ),
  fault(
    'Location in the singular',
    'location-resolves',
    'uuids, nested',
    sends(({ path, collection }) => [path.replace(collection, collection.slice(0, -1))]),
    'body-describes-created',
  ),
  fault(
    'Location below the old version',
    'location-resolves',
    'plain, text ids',
    sends(({ path }) => [`/old${path}`]),
    'location-public-origin',
  ),
  fault(
    'Location with a file ending',
    'location-resolves',
    'uuids, offset and limit',
    sends(({ path }) => [`${path}.json`]),
    'location-identifies-created',
  ),
  fault(
    'Location of the one before',
    'location-identifies-created',
    'plain, optional keys, numbered pages',
    {
      ...sends(({ rows, collection, path }) => [rows.length > 1 ? `${collection}/${rows.at(-2)?.['id']}` : path]),
    },
    'location-resolves body-describes-created',
  ),
  fault(
    'Location of the first',
    'location-identifies-created',
    'uuids',
    sends(({ rows, collection }) => [`${collection}/${rows[0]?.['id']}`]),
    'body-describes-created location-resolves',
  ),
  fault(
    'Location of the collection',
    'location-identifies-created',
    'plain, JSON:API, nested',
    sends(({ collection }) => [collection]),
    'body-describes-created location-resolves',
  ),
  fault(
    'Location with an inner host',
    'location-public-origin',
    'absolute Location, uuids',
    sends(({ path }) => [`http://products-svc.internal:8080${path}`]),
  ),
  fault(
    'Location without the port',
    'location-public-origin',
    'absolute Location',
    sends(({ path }) => [`http://127.0.0.1${path}`]),
  ),
  fault(
    'Location with two slashes in front',
    'location-public-origin',
    'plain, uuids',
    sends(({ path }) => [`/${path}`]),
    'location-resolves location-well-formed',
  ),
  fault(
    'Location in angle brackets',
    'location-well-formed',
    'plain, HAL',
    sends(({ path }) => [`<${path}>`]),
    'location-resolves body-describes-created',
  ),
  fault(
    'Location with a template',
    'location-well-formed',
    'uuids',
    sends(({ collection }) => [`${collection}/{id}`]),
    'location-resolves location-identifies-created body-describes-created',
  ),
  fault(
    'Location with a backslash',
    'location-well-formed',
    'plain',
    sends((about) => [`${about.collection}\\${id(about)}`]),
    'location-resolves',
  ),
  fault(
    'Location with a space',
    'location-well-formed',
    'slugs',
    sends(({ path }) => [`${path}?view=the whole`]),
    'location-path-encoding',
  ),
  fault(
    'Location with a broken escape',
    'location-well-formed',
    'uuids',
    sends(({ path }) => [`${path}?x=100%`]),
  ),
  fault(
    'Location twice',
    'location-well-formed',
    'uuids, whole Fastify',
    sends(({ path }) => [path, path]),
  ),
  fault(
    'Location with a fragment',
    'location-well-formed',
    'plain',
    sends(({ path }) => [`${path}#/details`]),
  ),
  fault(
    'Location is the bare id',
    'location-resolves',
    'uuids, plain',
    sends((about) => [id(about)]),
    'body-describes-created',
  ),
]
