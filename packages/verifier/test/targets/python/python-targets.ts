import type { ScoreTarget } from '../../score/target.ts'

/** The targets that are written in Python. */
export async function pythonTargets(): Promise<ScoreTarget[]> {
  return []
}
