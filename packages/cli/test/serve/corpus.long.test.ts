import { describeCorpus } from './corpus-suite.ts'

// Of hundreds of creations in one document most are alike.
const MOST_OF_LARGE = 20

describeCorpus(({ isLarge }) => (isLarge === true ? MOST_OF_LARGE : Number.POSITIVE_INFINITY))
