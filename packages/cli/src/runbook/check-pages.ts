// Written by scripts/check-pages.mjs from docs/reference/checks/; run it after a change there.

/** What the pages of the checks say, by id. */
export const checkPages: Readonly<Record<string, { readonly meaning: string; readonly fix: string }>> = {
  'accept-before-create': {
    meaning:
      'If the answer cannot be given in the type that the client accepts, the server falls back to its default, or answers 406 before anything is created. A 406 after the insert makes the client send again.',
    fix: 'Negotiate first, or ignore Accept.',
  },
  'async-202-not-201': {
    meaning:
      '201 says that the creation has happened. What is only put into a queue is answered with 202, or with 201 for a job that exists already. A client that follows Location, or uses the new id, gets 404; it gives up, or creates once more. The usual causes: a handler that hands the work to a queue and answers with an id made in advance, an answer sent before the commit, a read from a replica that lags.',
    fix: 'Answer after the commit, and read from where it was written. If the resource is made later on purpose, answer 202 with a Location by which its progress can be seen.',
  },
  'async-monitor-completes': {
    meaning:
      'Whoever gets 202 learns from the answer where to look, is told there how far the work is, and in the end where the resource is, or why there is none. 202 promises nothing. A client that cannot see the end has to guess, and the guess is to send the request again.',
    fix: 'Send the URL of a monitor in `Location` or `Operation-Location`, keep the monitor after the end, and let it redirect (303) or link to the resource; show failures as problems.',
  },
  'auth-challenge-401': {
    meaning:
      'A create without credentials, or with wrong ones, is answered 401 with `WWW-Authenticate`. That is decided before validation, duplicates and keys, and nothing is created. The challenge tells a client what to do; RFC 9110 demands it in every 401. An answer that depends on the content tells strangers which names are taken and what the API accepts.',
    fix: 'Check the credentials before the body is looked at, and send `WWW-Authenticate` with the expected scheme with every 401.',
  },
  'body-describes-created': {
    meaning:
      'The body of the answer describes or links to what was created, holds its identifier, and agrees with Location. `{"message": "ok"}` forces the client to search for what it has just made.',
    fix: 'Answer with the created resource.',
  },
  'body-equals-get': {
    meaning:
      'The body of the answer is what a GET shows right afterwards. A handler that echoes its input hides defaults, generated values, rounding and trimming; a client that caches the answer works with values that do not exist.',
    fix: 'Answer with what was stored: `RETURNING *`, or read the row back.',
  },
  'body-too-large-413': {
    meaning:
      'Content of many mebibytes is refused with 413, and the service goes on. Without a limit one client fills the memory; with a limit that nobody handles, 500 sends the client into retries.',
    fix: 'Limit the size of content in front of the parser, and answer 413 from there.',
  },
  'bulk-atomicity-declared': {
    meaning:
      'An operation that creates several things by one request either creates all or none, and says so by 201 or 4xx; or it treats each by itself, and says of each what became of it. A refused batch is corrected and sent again. What the first attempt left is then there twice. What an accepted batch left out in silence is missing, and nobody notices.',
    fix: 'Write all items in one transaction, and answer 4xx if one fails; or answer 207 with a result for every item.',
  },
  'bulk-item-results': {
    meaning:
      'The answer has one result for each item, in the order of the request or with an index or a reference of its own. A result names what was created by its id or URL, or says what is wrong. There is no Location, for it could name one thing only. A client that sends twenty items and learns of eighteen ids has to find out by itself which two are missing.',
    fix: 'Answer with a list of results in the order of the request.',
  },
  'client-id-policy': {
    meaning:
      "Ids that clients send with a POST are supported, and then one that exists is refused; or they are refused; or they are ignored. Nothing is overwritten. A repository that saves an entity with an id updates the row that has it. A create then is a way to overwrite anybody's resource.",
    fix: 'Insert, never save: let the primary key refuse what exists, and answer 409. Or take no ids from clients.',
  },
  'collection-shows-created': {
    meaning:
      'A client that lists after creating finds what it created, once. Cached lists and lagging replicas make people press the button again.',
    fix: 'Invalidate the cached list with every create (RFC 9111 §4.4), and list from where it was written.',
  },
  'conflict-409-explains': {
    meaning: 'A 409 says what conflicts. The client has to tell its user which value to change.',
    fix: 'Name the members in the problem document; link the existing resource if the caller may see it.',
  },
  'conflict-no-leak': {
    meaning:
      'When a create conflicts with a resource that the caller may not see, the answer has no link to it, no id and none of its data. A helpful conflict ("already exists at /customers/42") is a leak when the 42 belongs to somebody else.',
    fix: 'Say that the value is taken and nothing else, or make values unique for each principal; link the existing resource only to who may read it.',
  },
  'content-location-honest': {
    meaning:
      'A Content-Location that equals Location says that the body is what a GET there answers. Then it has to be. Caches may store the body under that URL and answer later reads from it.',
    fix: 'Answer with the representation that GET gives, or leave Content-Location out.',
  },
  'cors-exposes-location': {
    meaning:
      "An API that allows pages of other origins to read its answers lists `Location` in `Access-Control-Expose-Headers`, and what else it sends that browsers hide: `ETag`, `Idempotent-Replayed`, `Retry-After`, `Preference-Applied`. Browsers show scripts seven response headers, and Location is not among them. A page creates something and cannot find out where it is: `headers.get('location')` is null.",
    fix: 'Send `Access-Control-Expose-Headers: Location, ETag, Idempotent-Replayed, Retry-After, Preference-Applied`.',
  },
  'crash-no-duplicate': {
    meaning:
      'A client whose request was cut by a crash does not know whether it was executed. It retries with the same key, and then there is one resource. Where the row and its key are written in two steps, a crash between them leaves a row without a key, and the retry creates it again: the customer is charged twice. It happens in one of many crashes, which is why tests without a SIGKILL never see it.',
    fix: 'Write the row and its key in one transaction, so that a crash leaves both or neither.',
  },
  'created-deletable': {
    meaning:
      'Where the document has a DELETE for what is created, DELETE works right after the create, and the resource is gone then. A DELETE that answers 204 and deletes nothing leaves what a client believes to be gone.',
    fix: 'Delete before answering, or answer 202.',
  },
  'created-status-201': {
    meaning:
      'A synchronous POST that created a resource answers 201, not 200 or a redirect. A documented 202 or 204 is right too. 201 is how clients, gateways, caches and metrics know that something new exists. Frameworks answer 200 unless they are told otherwise, so this is the most frequent fault of all.',
    fix: 'Set the status in the handler: `res.status(201)`, `status_code=201`, `@HttpCode(201)`, `@ResponseStatus(CREATED)`.',
  },
  'created-survives-crash': {
    meaning:
      'A 201 says that the creation has happened. Whatever happens to the process afterwards, the resource is there; where the operation takes idempotency keys, a retry with the key still gets the first answer. Processes are killed: by a deployment, by the kernel when memory runs out, by whoever trips over the cable. What was acknowledged from memory, or before a buffer was written, is then lost, and nobody will send it again: the client was told that it is done.',
    fix: 'Answer after the commit to a durable store: not from memory, and not before what is buffered has been written. Keep keys in the database of the resources.',
  },
  'csrf-simple-request': {
    meaning:
      'Where a cookie alone says who calls, a create is refused that a page of any origin could make a browser send: JSON as text/plain, as a form, or without a type. Browsers ask the server (a preflight) only before requests that forms could not send. A service that parses any content as JSON lets every page that is open in the browser create in the name of its user.',
    fix: 'Refuse content that is not application/json with 415; ask for a token or compare Origin; set SameSite on the cookie.',
  },
  'digest-checked': {
    meaning:
      'An API that asks for `Content-Digest` or `Repr-Digest` compares it with what came. RFC 9530 leaves it to the API what it does with a digest; one that is asked for and never looked at promises what it does not keep. Clients send digests so that content which was changed or cut on its way is not stored. Without the comparison it is stored, and both sides believe that it is what was sent.',
    fix: 'Compare the digest with the bytes before they are parsed, and answer 400 where they differ; or do not ask for it.',
  },
  'doc-201-and-location': {
    meaning:
      "The status that a create is answered with is among the responses of the operation: by itself, as `2XX`, or as `default` where no other success is declared (beside one it stands for errors); with the media type and a schema of its content, and with the header `Location` where one is sent. Where they differ, one of the two is wrong: the finding is about the document and does not say which. Client generators read the document. One that declares 200 where 201 is sent makes clients that take a success for a failure; a header that is not declared has no place in the client's types.",
    fix: 'Declare the status that the handler sends, with schema and `Location`. In FastAPI that is `status_code=201` on the route, in Springdoc `@ApiResponse(responseCode = "201")`; in Fastify `response: { 201: … }`.',
  },
  'doc-body-conforms': {
    meaning:
      'What is answered to creates is valid by the schema that the document declares for the status and media type, and an example of the body fits its schema and is accepted. Typed clients fail on a member that is missing or of another type, and people copy the examples first.',
    fix: 'Generate the schema from the types that are serialised, or validate answers against it in tests; and post the examples in a test of the API.',
  },
  'doc-errors-declared': {
    meaning:
      'Each 4xx that a client can provoke is declared, by itself, as `4XX` or as `default`, and the media type that is really used is among the declared ones, where there are any. A client can only handle what it knows of. OpenAPI expects a document to cover "any known errors", but not every status that there can be, so that `4XX` or `default` is enough.',
    fix: 'Declare a shared response for all errors as `4XX` or `default`, and by themselves those that clients act on (409, 422), with the media type that is sent: `application/problem+json` is not `application/json`.',
  },
  'doc-idempotency-policy': {
    meaning:
      'Where an operation takes idempotency keys, its document has the header as a parameter, says what a key looks like, how long it is remembered, and what a reused key is answered. Client generators do not emit a header that is not declared; and a client that does not know how long a key counts does not know how long it may retry.',
    fix: 'Declare `Idempotency-Key` as a header parameter with `maxLength` and a description that names the time, and the answers 409 and 422.',
  },
  'doc-server-fields-readonly': {
    meaning:
      'Where one schema serves requests and answers, what the server makes is marked `readOnly: true`. Without the mark, the document tells clients that they may send it. Generated clients then have an argument `id` that does nothing, and importers believe that their dates are kept.',
    fix: 'Declare `readOnly: true`, or give requests a schema of their own.',
  },
  'duplicate-policy-enforced': {
    meaning:
      'What happens to a second create with the same natural key is what the operation declares: it is rejected, or answered with the existing resource, or creates another one. A policy that is not enforced by the database is a hope.',
    fix: 'Put a unique index on the natural key, catch its violation and answer by the policy.',
  },
  'error-before-effect': {
    meaning:
      'When a create is answered with 5xx, what it was to create does not exist; or the request had an idempotency key, and its retry is answered with what was made, once. After a 5xx everybody tries again. If the row is there already, the retry makes a second one, or is refused as a duplicate of the first.',
    fix: 'Make the whole answer (Location, headers, body) before the commit, inside the transaction, so that what throws rolls the row back. A header that cannot hold a text beyond Latin-1 throws in Node after the row was written.',
  },
  'errors-no-internals': {
    meaning:
      'No error shows a stack trace, SQL, a message of the database or a path of the server. They tell an attacker what to try next, and a client nothing.',
    fix: 'Log the cause under a request id and answer with the id. Switch off debug pages.',
  },
  'etag-201-current': {
    meaning:
      'The ETag of a 201 is quoted, and is the tag that the new resource has. A client that keeps it for its first conditional update would fail with 412. Middleware that hashes the bytes of each answer makes such tags.',
    fix: 'Take the tag from the version of the stored row, or leave it out of the 201.',
  },
  'existing-has-location': {
    meaning:
      'An answer with the existing resource carries its Location. The client wanted a resource and gets one; it has to learn which.',
    fix: 'Send Location and Content-Location of the resource that was found.',
  },
  'idem-client-abort': {
    meaning:
      'A client that hangs up and retries with the same key gets its one resource, and no conflict for ever. Lost answers are what keys are for. Implementations that tie the record to the connection leave the key in flight for hours.',
    fix: 'Complete the record when the work is done, whether or not anybody listens; release it when the work is given up.',
  },
  'idem-concurrent-409': {
    meaning:
      'While a request with a key is running, another one with the same key gets 409 or waits for the result; nothing is executed twice. Impatient clients and load balancers retry while the first request is still running.',
    fix: 'Claim the key by inserting it under a unique index, in the transaction that creates the resource.',
  },
  'idem-error-not-poisoning': {
    meaning:
      'A rejected request does not use up its key. People correct a form and press the button again; the page keeps its key.',
    fix: 'Store nothing under the key until the request has passed validation, and release it when execution fails.',
  },
  'idem-fingerprint-canonical': {
    meaning:
      'A retry whose JSON differs only in member order, white space or escapes is still a retry. Another HTTP client, or a gateway that writes JSON anew, must not turn a retry into an error.',
    fix: 'Take the fingerprint of the parsed value in canonical form (RFC 8785).',
  },
  'idem-key-bounds': {
    meaning:
      'Keys have a bound that is checked before they are looked up: 36 characters at least, and what is too long is refused, never cut. A column of 255 characters that cuts makes two keys one: the second client gets the result of the first.',
    fix: 'Check the length first and answer 400.',
  },
  'idem-key-scope': {
    meaning:
      "Another caller, or another operation, with the same key neither receives the stored answer nor is blocked by it. Keys are chosen by clients who do not know of each other; some number them. A store that looks up the bare key hands one customer's answer, with its data, to another.",
    fix: 'Make the principal and the operation part of the key under which the answer is stored.',
  },
  'idem-key-syntax': {
    meaning:
      'The key is parsed. `"k"` (the draft) and `k` (most libraries) are one key if both are accepted; what cannot be parsed, is empty or is sent twice is refused, never ignored. A key that is ignored leaves a retry unprotected, and nobody notices.',
    fix: 'Parse the value as an RFC 9651 string, accept the bare form as the same key, and answer 400 to everything else.',
  },
  'idem-missing-key': {
    meaning:
      'Where a key is required, a request without one is refused; where it is optional, it works as usual. A requirement that is not enforced protects only those who read the documentation.',
    fix: 'Refuse with 400 before anything is created, and link the documentation.',
  },
  'idem-no-lost-effect': {
    meaning:
      'The record of a key and its effect are committed together. After a crash a retry ends with a success, and the resource exists. Where the key is written before the row, a crash between them leaves a key without a row: the retry is answered as done, or refused as in flight for hours, and what the client wanted never happens.',
    fix: 'Write key and resource in one transaction: neither before the other. With a lease, keep it short and say in `Retry-After` when it ends.',
  },
  'idem-payload-mismatch': {
    meaning:
      'A key that is reused with another payload is refused (422 by the draft, 400 elsewhere) and changes nothing. A client that gets the first result for its second payload believes that both exist.',
    fix: 'Keep a digest of the canonical payload with the key, and leave the record alone when it differs.',
  },
  'idem-replay-keeps-headers': {
    meaning:
      'A replay has the status, Location, Content-Type and ETag of the first answer, and does not repeat Set-Cookie. A client that retries needs Location as much as one that does not. A repeated Set-Cookie hands a session to whoever retries.',
    fix: 'Store the status, the body and a list of headers.',
  },
  'idem-replay-marked': {
    meaning:
      'A header that marks replays (`Idempotent-Replayed`, `Idempotency-Replayed`, `X-Idempotent-Replay`) is true on a retry and not on the first answer. Clients and dashboards count by it what was created.',
    fix: 'Set the mark where the answer is taken from the record, and nowhere else.',
  },
  'idem-replay-same-result': {
    meaning:
      'A retry with the same key gets the first result and creates nothing. This is the promise of an idempotency key. Everything else about keys is detail.',
    fix: 'Store key, fingerprint and answer in the transaction that creates the resource, and answer a known key from there.',
  },
  'idem-safe-methods-ignored': {
    meaning:
      'GET on the collection answers the same with a key as without. Client libraries put the key on every request of an operation. A service that looks it up for every method answers a read with a recorded create.',
    fix: 'Look at the key only for the methods that create.',
  },
  'idem-window-honoured': {
    meaning:
      'The operation declares how long a key is remembered (`x-creation` with `retention`, an ISO 8601 duration). A retry before that is over still finds the first result. Clients retry for as long as they are told that they may. A key that is forgotten earlier makes a late retry create again.',
    fix: 'Let records expire no earlier than documented, wherever the retry arrives; or document the time that holds.',
  },
  'ids-unique-under-load': {
    meaning:
      'Simultaneous creates of different resources get different ids, and each URL shows its own content. Ids from the clock or from a count, and variables that requests share, only fail under load.',
    fix: 'Let the database make ids, or make random ones.',
  },
  'if-none-match-star': {
    meaning:
      '`If-None-Match: *` says: only if nothing is there. At a free URL such a PUT creates; where something is, it answers 412 and changes nothing. It is how two clients that choose the same name find out, instead of the later one overwriting the earlier one in silence. A server that ignores the condition does what the client asked it not to do.',
    fix: 'Evaluate the condition in the statement that writes: `INSERT … ON CONFLICT DO NOTHING`, and 412 when no row was inserted. A look-up before the insert is passed by two clients at once.',
  },
  'input-roundtrip': {
    meaning:
      'Every value that was accepted is stored and read back unchanged, or it is refused. Dropped members, cut text, lost digits and lost time zones are found months later, when nobody can mend them.',
    fix: 'Store what was accepted, declare the limits in the schema, and refuse what is beyond them.',
  },
  'invalid-is-4xx': {
    meaning:
      'Input that breaks the schema is answered with 4xx, never with 2xx and never with 5xx. What is not refused is stored, and breaks whoever reads it. A crash tells the client to try again what can never succeed.',
    fix: 'Validate the body against the schema before it is used, and name every violation in a 400 or 422.',
  },
  'json-api-accept-406': {
    meaning:
      'A create whose Accept has application/vnd.api+json only with a parameter that is neither ext nor profile is answered with 406. A client that asks for a variant must not be given another one.',
    fix: 'Look at Accept before creating.',
  },
  'json-api-error-documents': {
    meaning:
      'Errors are sent as application/vnd.api+json, with an array of error objects in `errors` and no `data`. It takes the place of problem-details-valid. Every client of JSON:API reads errors in this form.',
    fix: 'Answer `{"errors": [{"status": "422", "title": …, "detail": …, "source": {"pointer": …}}]}`.',
  },
  'json-api-media-type': {
    meaning:
      'The answers to a create, a read and the list have the Content-Type application/vnd.api+json; parameters, if any, are ext and profile. By the type a client knows how to read what it got.',
    fix: 'Send `Content-Type: application/vnd.api+json`.',
  },
  'json-api-other-type-409': {
    meaning:
      'A resource whose `type` the collection does not have is answered with 409. The client learns that it is the wrong place, and not that its attributes are wrong.',
    fix: 'Compare `data.type` before validating the rest.',
  },
  'json-api-parameters-415': {
    meaning:
      'Content as application/vnd.api+json with a parameter that is neither ext nor profile is answered with 415. A parameter may change what the content means; to ignore it is to guess.',
    fix: 'Look at the parameters of Content-Type before parsing.',
  },
  'json-api-resource-object': {
    meaning:
      'The 201 has the created resource in `data`, with `type` and `id` as strings, and no `errors`. Every client of JSON:API finds a resource by these two.',
    fix: 'Answer `{"data": {"type": …, "id": "…", "attributes": {…}}}`.',
  },
  'json-api-self-is-location': {
    meaning:
      'Where the created resource has `links.self` and the answer has Location, both name the same URL. Two names for one resource are two entries in every cache.',
    fix: 'Build the URL once, and use it for both.',
  },
  'link-created': {
    meaning:
      'A 201 may carry a `Link` with `rel="item"`, which leads from the collection to an item, or with `rel="self"`. It leads where `Location` leads. Clients that follow links and clients that follow `Location` end at different resources.',
    fix: 'Make the Link and Location from one function.',
  },
  'location-host-injection': {
    meaning:
      "The host in Location and in links is the API's own, whatever a client sends as `Host`, `X-Forwarded-Host`, `X-Forwarded-Proto`, `X-Forwarded-Prefix` or `Forwarded`. Who chooses the host in a link chooses where the next client goes, with its credentials, and what a shared cache keeps.",
    fix: 'Send a path that starts with `/`, or build URLs from a configured public base URL; take forwarding headers from known proxies only.',
  },
  'location-identifies-created': {
    meaning:
      'Location names the resource that this very request created: not the collection, not a page, not an older resource. A client that follows it would change or delete something else.',
    fix: 'Build Location from the id that the insert returned.',
  },
  'location-no-crlf': {
    meaning:
      "A text of the client that ends up in Location cannot add header lines, and does not turn a creation that was committed into a 500. Whoever can write a line break into a header can set cookies and answer for the server. Servers that prevent it often do so by an exception (Node's `ERR_INVALID_CHAR`), which comes when the row has long been written: the client sees a 500 and sends it again.",
    fix: 'Encode every part of Location, and build the whole answer before the commit, so that what cannot be written is refused.',
  },
  'location-path-encoding': {
    meaning:
      "Where Location is made of something that the client sends (a slug, a name), that text is one percent-encoded segment: Location stays below the collection, on the same host, and leads to the new resource. What cannot be written so is refused. `a/b` as it is leads somewhere else, `//host/x` to another host, and `..` to the parent. The last one cannot even be encoded: `encodeURIComponent('..')` is `..`, and URL parsers fold `%2e%2e` as well.",
    fix: 'Write names into Location with `encodeURIComponent`, refuse `.` and `..` in every spelling, and decode the segment where it is routed; or use ids of the server.',
  },
  'location-present': {
    meaning:
      'The answer to a create carries Location. Without Location a 201 says that the URL which was posted to is what was created. Clients then build URLs by hand, and break when the routes change.',
    fix: 'Send the path of the new resource: `Location: /books/42`. A path that starts with `/` is enough (RFC 9110 §10.2.2) and cannot name a wrong host.',
  },
  'location-public-origin': {
    meaning:
      'Location has the scheme, host, port and path prefix by which the client came. Behind a proxy a URL built from the socket or the Host header names an inner host that the client cannot reach, or leaves out the prefix that the proxy strips.',
    fix: 'Send a path that starts with `/` and has the public prefix, or build the URL from a configured public base URL.',
  },
  'location-resolves': {
    meaning:
      'Resolved against the URL of the request, Location can be read with the same credentials. A Location that answers 404 is worse than none. The usual causes: a relative reference that replaces the last path segment, a lost prefix, a route that the resource is not read by.',
    fix: 'Start Location with `/` and make it from the route that reads the resource.',
  },
  'location-well-formed': {
    meaning:
      'Exactly one Location line, holding one valid URI reference: ASCII, percent-encoded, no list, and no fragment on a 201. Two lines, a raw space or a letter outside ASCII are read differently by every client; many HTTP libraries hide the fault by joining or dropping lines.',
    fix: 'Set the header in one place, and pass every path segment through `encodeURIComponent` or its like.',
  },
  'malformed-is-400': {
    meaning:
      'Content that cannot be parsed is answered with 400 and creates nothing. Lenient parsers store replacement characters, and let validator and database see different values of a member that is there twice.',
    fix: 'Decode UTF-8 strictly, refuse what the parser cannot read with 400, and check for duplicate names where the raw text is at hand.',
  },
  'media-415-hints': {
    meaning:
      'A 415 that has Accept-Post or Accept names the media type that the operation takes. A client that follows a wrong hint is refused again.',
    fix: 'Make the header from the same list that the content is checked against.',
  },
  'method-405-allow': {
    meaning:
      'A method that the collection does not support is answered with 405 and an Allow that lists POST. 404 for a URL that exists sends people looking for a wrong path.',
    fix: 'Answer 405 for every method without a handler on a known path, with Allow made from the routes.',
  },
  'no-201-without-creation': {
    meaning:
      '201 is a claim that this request created something. A request that found or updated what existed answers 200, 204 or 409. The replay of an earlier 201 under the same idempotency key is the exception. A client that counts its 201s counts resources. Find-or-create handlers with one constant status make it count too many.',
    fix: 'Answer 201 only on the branch that inserted; 200 with the Location of the existing resource, or 409, on the other.',
  },
  'no-redirect-on-create': {
    meaning:
      'The documented URL takes the POST itself. On 301 and 302 most clients repeat the request as a GET and drop its content: they get 200 and a list, and believe that they created something.',
    fix: 'Register the route under the documented URL. For the other spelling answer 404, or redirect with 308, which keeps method and content.',
  },
  'number-precision-kept': {
    meaning:
      'Every number within the declared range is stored to its last digit, or refused with 4xx. A 32-bit column or a float for money changes amounts without an error.',
    fix: '64-bit integers and decimals in the database; declare limits where there are some.',
  },
  'options-advertises': {
    meaning: 'An answer to OPTIONS that has Allow lists POST. Tools and gateways ask by OPTIONS what is possible.',
    fix: 'Make Allow from the routes that there are.',
  },
  'other-principal-cannot-read': {
    meaning:
      "Where what is created is private, the URL of a resource is no permission to read it. Broken authorisation of single objects is the first of OWASP's API risks: a look-up by id without the owner is all it takes.",
    fix: 'Look resources up by their owner and their id together, and answer 404 when there is none.',
  },
  'parent-missing-4xx': {
    meaning:
      'A create below a parent that does not exist is refused, best with 404. Without a foreign key the child is an orphan that nobody finds; with one, the violation often surfaces as 500.',
    fix: 'Look the parent up in the same transaction, or catch the violation of the foreign key, and answer 404.',
  },
  'precondition-after-checks': {
    meaning:
      'A request that is refused for its credentials, its method or its media type is refused so whether it carries a condition or not; 412 is only for requests that would succeed. A 412 tells that something is there. Whoever may not ask must not learn it, and whoever has made another mistake should be told that one.',
    fix: 'Evaluate conditions right before the work, after authentication, routing and the media type.',
  },
  'precondition-required-428': {
    meaning:
      'Where a PUT must carry If-None-Match or If-Match, one without is answered with 428, in words that say which header is missing. 428 tells a client that the request is right but for its condition. 412 would tell it that a condition was evaluated and is false, so that it looks for a conflict that is not there.',
    fix: 'Answer 428 with a problem document whose detail names the header: `If-None-Match: *` to create, `If-Match` to replace.',
  },
  'prefer-handled': {
    meaning:
      'Unknown preferences are ignored; what `Preference-Applied` claims has been done; a minimal answer still says where the resource is. Prefer is a wish. A server that answers an error to it breaks clients that send the same wish everywhere.',
    fix: 'Ignore preferences that are not supported. Keep Location when the body is left out.',
  },
  'problem-details-valid': {
    meaning:
      'Errors are `application/problem+json`, and valid: texts are texts, `status` equals the status of the answer, `type` is a URI reference. Programs have to tell one error from another. Pages of HTML from the framework are no help to them.',
    fix: 'Make all errors in one place, also those of the framework (404, 405, parser).',
  },
  'put-create-201': {
    meaning:
      'A PUT to a URL at which nothing is answers 201. A PUT to one at which something is answers 200 or 204. A client that chooses names learns only from the status whether it made something, or replaced what somebody else had made under the same name. Upserts that answer one status for both hide that, and so do those that save whatever comes.',
    fix: 'Have the statement that writes say whether it inserted (`RETURNING (xmax = 0)` in PostgreSQL, two statements in one transaction elsewhere), and answer by that.',
  },
  'put-validator-restriction': {
    meaning:
      "The answer to a PUT has no ETag and no Last-Modified, unless the stored representation is the one that was sent. The rule lets a client keep its own copy: an ETag in the answer says that what it has in its hands is what the server has. Where the server has added a date or changed a value, the client's next conditional update overwrites what it has never seen.",
    fix: 'Switch the automatic ETag off for answers to PUT. The client gets the tag with its next GET.',
  },
  'rejected-leaves-nothing': {
    meaning:
      'A request that was rejected has no effect. The client corrects its mistake and sends again: now there are two, one of them broken, or the unique value is already taken.',
    fix: 'Validate before anything is written, and write within a transaction that a later failure rolls back.',
  },
  'respond-async-honoured': {
    meaning:
      'A client may ask to be answered before the work is done. Where that is heard, the answer says so, and shows where to look. The same request is then answered with 201 or with 202. A client that cannot tell whether its wish was heard waits for a monitor that is not there, or takes the monitor for the resource.',
    fix: 'Send `Preference-Applied: respond-async` and the URL of a monitor with the 202, and neither otherwise.',
  },
  'retry-after-when-temporary': {
    meaning:
      '`Retry-After` is a number of seconds or a date of HTTP, wherever it is sent; 429 and 503 have one. Without it clients guess, and come back at once or all together. One that cannot be read is as good as none.',
    fix: 'Send whole seconds: `Retry-After: 30`.',
  },
  'safe-method-never-creates': {
    meaning:
      'Whatever GET and HEAD are sent with, the collection holds the same afterwards. Crawlers, link previews, prefetching browsers and monitoring follow links. An endpoint that creates by GET creates by all of them, and any page can make a visitor do it with an image.',
    fix: 'Route GET to what reads, and take input from the body alone.',
  },
  'secret-not-echoed': {
    meaning:
      'A password, or a member that the document calls `writeOnly`, that was sent in a create is neither in the answer nor in what a read shows. Answers are kept: in logs, in caches, in the records of idempotency keys. A password that comes back also shows that it is kept as it was sent.',
    fix: 'Show resources by a list of members that may be seen; keep passwords as a slow hash.',
  },
  'server-fields-protected': {
    meaning:
      'Members that the server makes, and that the schema does not take, are ignored or refused when a client sends them. An id, an owner or a state that the client can choose is how accounts are taken over (mass assignment).',
    fix: 'Take the declared members from the body, never the whole body: no `{ ...req.body }`, no `Model(**request.json)`.',
  },
  'status-code-registered': {
    meaning:
      'Every status is a registered one, used with its general meaning, and the body does not say the opposite of it. Generic clients and gateways act on the status alone. `200 {"success": false}` is a success to all of them; 499 is nothing to any.',
    fix: 'Use a registered status for failures and say the rest in a problem document.',
  },
  'unicode-roundtrip': {
    meaning:
      'Text outside ASCII, also outside the basic plane, comes back as it was sent, or is refused with 4xx. A name that comes back with question marks is lost for good.',
    fix: 'UTF-8 from end to end: `utf8mb4` in MySQL, `NVARCHAR` in SQL Server; count and cut by characters.',
  },
  'unique-race-single-winner': {
    meaning:
      'Simultaneous creates with the same natural key create one resource; all others get the answer of the policy, and nobody a 5xx. A look-up before the insert is passed by all of them at once.',
    fix: 'A unique index, and a handler for its violation.',
  },
  'unknown-fields-policy': {
    meaning:
      'A member that the document does not have is refused with 4xx or ignored, as the document says. What is stored unasked becomes a member that nobody may use later, and a misspelt name is lost without a word.',
    fix: 'Take the declared members from the body, one by one or by validation; declare `additionalProperties: false` only where it is enforced.',
  },
  'unsupported-media-415': {
    meaning:
      'Content under an unsupported media type is refused with 415, and `application/json; charset=utf-8` is accepted. A server that parses any content as JSON can be reached by forged cross-site requests, which browsers send as text/plain without asking.',
    fix: 'Compare the media type, without its parameters, before parsing.',
  },
  'validation-code-consistent': {
    meaning:
      'Well-formed content with an invalid member is always refused with the same status: 422, or 400. Clients branch on the status.',
    fix: 'Make all refusals in one place.',
  },
  'validation-lists-all-errors': {
    meaning:
      'The refusal of invalid input names every member that is wrong. Otherwise people correct one member at a time.',
    fix: 'Collect all violations: `errors: [{ "pointer": "/isbn", "detail": "…" }]`.',
  },
  'vary-prefer': {
    meaning:
      "A server that answers a GET otherwise when it is asked to (`Prefer: return=minimal`) says so in `Vary`, with every answer of that URL, whether or not a preference was sent. A cache keeps one answer for a URL, and more only by the headers that `Vary` names. Without `Prefer` in it, one client's wish for little decides what all others get to see.",
    fix: 'Send `Vary: Prefer` with every answer of a URL that heeds preferences.',
  },
  'zalando-duplicate-409': {
    meaning:
      'A duplicate that is refused is refused with 409. A client tells by the status that the resource exists already, and can look it up.',
    fix: 'Answer 409, and name what is taken.',
  },
  'zalando-invalid-400': {
    meaning:
      'Content that breaks the rules is answered with 400. It takes the place of validation-code-consistent, which leaves the choice. One status for one mistake, in every service.',
    fix: 'Answer 400, and say in the problem document what is wrong.',
  },
  'zalando-key-reuse-400': {
    meaning:
      'A key that comes with another payload is refused with 400; the draft standard asks for 422. Both tell the client of its mistake; services of one house tell it alike.',
    fix: 'Answer 400 when the digest of the payload differs from the one that is kept with the key.',
  },
  'zalando-location-absolute': {
    meaning:
      'Location is a full URI with scheme and host. RFC 9110 allows a path. A client that stores the link needs nothing else to follow it.',
    fix: 'Build Location from a configured public base URL, not from the Host header (location-host-injection).',
  },
  'zalando-no-link-header': {
    meaning: 'Answers in JSON have no Link header; links stand in the JSON. Links are found in one place.',
    fix: 'Put the links into the JSON.',
  },
  'zalando-object-at-top': {
    meaning:
      'Every JSON answer, lists and errors too, is an object and not an array or a bare value. An array cannot be extended by a cursor or a total without breaking every client.',
    fix: 'Put the list into a member: `{"items": […]}`.',
  },
  'zalando-problem-json': {
    meaning:
      'Every error is application/problem+json and a valid problem document. It takes the place of problem-details-valid, for which other formats are a note. Clients of many services handle errors once.',
    fix: 'Answer every error as application/problem+json, also those that the framework makes.',
  },
}
