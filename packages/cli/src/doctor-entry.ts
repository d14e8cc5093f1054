// The entry `createonce/doctor`, for the start-up of a service.
export { type DoctorOptions, type DoctorReading, type DoctorReport, doctor } from './doctor/doctor.ts'
export { DoctorError, requireGood } from './doctor/require-good.ts'
