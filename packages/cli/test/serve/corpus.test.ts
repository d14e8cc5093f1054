import { describeCorpus } from './corpus-suite.ts'

// One of each document: what differs from creation to creation of one is in corpus.long.test.ts.
describeCorpus(() => 1)
