import { describeCorpus } from './corpus-suite.ts'

// One creation of each document; `npm run corpus` takes all of them.
describeCorpus(() => 1)
