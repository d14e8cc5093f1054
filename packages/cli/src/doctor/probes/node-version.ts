import semver from 'semver'
import { isSupportedNode } from '../../is-supported-node.ts'
import type { Probe, Reading } from '../probe.ts'

export const nodeVersion: Probe = {
  id: 'node-version',
  needs: 'Node has the version that is needed',
  how: "`process.versions.node` is held against the profile's `prerequisites.node`, or against what Createonce itself needs.",
  why: 'Another version may lack what the service uses, or behave differently from the one that it was tested on.',
  mend: 'Install a version in the range, and make sure that it is the first `node` of the PATH of the service.',
  look: ({ profile }) => [judge(process.versions.node, profile.prerequisites?.node)],
}

function judge(version: string, range: string | undefined): Reading {
  if (range === undefined) {
    return isSupportedNode(version)
      ? { kind: 'good', subject: '', seen: version }
      : { kind: 'bad', subject: '', seen: `${version}; Createonce needs 20.19, 22.13, or 24 and later` }
  }
  if (semver.validRange(range) === null) {
    const mend = 'Write a range as npm understands it: `>=22.13`, `^20.19 || >=24`.'
    return { kind: 'bad', subject: '', seen: `${range} is not a range of versions`, mend }
  }
  // A nightly of a version in the range is meant by whoever runs it.
  const fits = semver.satisfies(version, range, { includePrerelease: true })
  return { kind: fits ? 'good' : 'bad', subject: '', seen: fits ? version : `${version}; needed: ${range}` }
}
