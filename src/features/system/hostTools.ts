import * as z from 'zod';
import type { Tool } from '../../tool/tool';
import { requireLinux } from './core/linuxOnly';
import { SYSTEM_CLOCK } from './core/clock';
import { collectSensors } from './core/sensors/collect';
import { sensorsResult, type SensorsResult } from './core/sensors/schema';
import { collectServices } from './core/services/collect';
import { servicesInput, servicesResult, type ServicesInput, type ServicesResult } from './core/services/schema';
import { collectUsers } from './core/users/collect';
import { usersInput, usersResult, type UsersInput, type UsersResult } from './core/users/schema';
import { sensorsReport } from './report/sensors';
import { servicesReport } from './report/services';
import { usersReport } from './report/users';

export const usersTool: Tool<UsersInput, UsersResult> = {
  input: usersInput,
  result: usersResult,
  async *run(input, { machine, signal }) {
    requireLinux(machine);
    yield await collectUsers({ machine, signal, clock: SYSTEM_CLOCK, input });
  },
  report: usersReport,
};

export const sensorsTool: Tool<Record<string, never>, SensorsResult> = {
  input: z.object({}).describe('Needs nothing but the machine.'),
  result: sensorsResult,
  async *run(_input, { machine, signal, live }) {
    requireLinux(machine);
    yield* collectSensors({ machine, signal, live, clock: SYSTEM_CLOCK });
  },
  report: sensorsReport,
};

export const servicesTool: Tool<ServicesInput, ServicesResult> = {
  input: servicesInput,
  result: servicesResult,
  async *run(input, { machine, signal }) {
    requireLinux(machine);
    yield await collectServices({ machine, signal, clock: SYSTEM_CLOCK, input });
  },
  report: servicesReport,
};
