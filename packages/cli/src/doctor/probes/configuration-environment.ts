import type { Probe } from '../probe.ts'

export const configurationEnvironment: Probe = {
  id: 'configuration-environment',
  needs: 'Every variable that the configuration names is set',
  how: 'Each `${NAME}` of the profile is looked up in the environment; an empty value counts as none.',
  why: 'What is not set leaves nothing in its place: a request without credentials, or an address without a host.',
  mend: 'Set the variable where the service and this command are started.',
  look: ({ unset }) =>
    unset.map(({ place, variable }) => ({ kind: 'bad', subject: variable, seen: `not set; ${place} names it` })),
}
