import * as l10n from '@vscode/l10n';
import { runWithDeadline } from '../../../../lib/deadline';
import { ExpectedError } from '../../../../lib/errors';
import type { FileTexts, Machine, ReadItem } from '../../../../machine/machine';
import type { Clock } from '../clock';
import { isBigEndian } from '../kernel/socketAddress';
import { lateError } from '../processes/failures';
import { uptimeOf, UPTIME_FILE } from '../processes/host';
import { secondsBetween, type Moment } from '../processes/reading';
import { counterSet, DETAIL_PATTERNS, parseDeviceCounters, rateSet, type DeviceCounters } from './counters';
import { findingsOf } from './findings';
import {
  allAddresses,
  allNeighbours,
  allResolvers,
  allRoutes,
  groupsOf,
  isOfOtherTable,
  isWhole,
  problemsOf,
  rulesOf,
  SLOW_FILES,
  STATISTICS,
  textOf,
  WITHOUT_IP,
} from './fromTexts';
import { INTERFACE_ITEMS, interfaceFrames } from './interfaces';
import { IpReader, type IpAnswers } from './ip';
import type { InterfaceEntry } from './interfaceSchema';
import type { NetworkResult } from './schema';
import { counterEntries, countersOf, retransmitPercent, type Counters } from './statistics';
import { machineName } from '../machineName';

/** How often addresses, routes and the like are read again. */
const SLOW_MS = 5_000;
const DEADLINE_MS = 30_000;

const DEVICES = '/proc/net/dev';
const MOVING_ITEMS: readonly ReadItem[] = [UPTIME_FILE, DEVICES, ...STATISTICS, ...DETAIL_PATTERNS];
const SLOW_ITEMS: readonly ReadItem[] = [...INTERFACE_ITEMS, ...SLOW_FILES];

export type NetworkQuery = NetworkResult['filter'];

/** One look at the counters. */
interface Sample extends Moment {
  readonly devices: DeviceCounters;
  readonly counters: Counters;
}

/** What seldom changes. */
interface Slow {
  readonly texts: FileTexts;
  readonly ip: IpAnswers | null;
}

/** Reads the network of a machine again and again: counters in one round trip, the rest every five seconds. */
export class NetworkReader {
  private readonly ip: IpReader;
  private slow: Slow | undefined;
  private slowAtMs = Number.NEGATIVE_INFINITY;
  private names = '';
  private before: Sample | undefined;

  constructor(
    private readonly machine: Machine,
    private readonly clock: Clock,
    private readonly query: NetworkQuery,
  ) {
    this.ip = new IpReader(machine);
  }

  /** Throws an ExpectedError when the machine has no /proc or does not answer, and a CancelledError. */
  async read(signal: AbortSignal): Promise<NetworkResult> {
    const late = (): Error => lateError(this.machine, DEADLINE_MS);
    return runWithDeadline(signal, DEADLINE_MS, (limited) => this.readInTime(limited), late);
  }

  private async readInTime(signal: AbortSignal): Promise<NetworkResult> {
    const due = this.clock.monotonicMs() - this.slowAtMs >= SLOW_MS;
    const [texts, ip] = await Promise.all([
      this.many(due ? [...MOVING_ITEMS, ...SLOW_ITEMS] : MOVING_ITEMS, signal),
      due ? this.ip.read(signal) : null,
    ]);
    const sample = this.sampleOf(texts);
    const names = [...sample.devices.keys()].join(' ');
    if (due) this.slow = await this.slowOf(texts, ip, signal);
    // Interfaces came or went: what was known of them is read again.
    else if (names !== this.names || this.slow === undefined) this.slow = await this.readSlow(signal);
    this.names = names;
    const result = this.resultOf(sample, texts, this.slow);
    this.before = sample;
    return result;
  }

  private many(items: readonly ReadItem[], signal: AbortSignal): Promise<FileTexts> {
    return this.machine.files.readMany(items, { signal, encoding: 'bytes' });
  }

  private async readSlow(signal: AbortSignal): Promise<Slow> {
    const [texts, ip] = await Promise.all([this.many(SLOW_ITEMS, signal), this.ip.read(signal)]);
    return this.slowOf(texts, ip, signal);
  }

  private async slowOf(texts: FileTexts, ip: IpAnswers | null, signal: AbortSignal): Promise<Slow> {
    this.slowAtMs = this.clock.monotonicMs();
    const more = isWhole(ip) ? [] : await this.many(WITHOUT_IP, signal);
    return { texts: new Map([...texts, ...more]), ip };
  }

  private sampleOf(texts: FileTexts): Sample {
    const devices = texts.get(DEVICES);
    if (typeof devices !== 'string') {
      throw new ExpectedError(
        'unsupported',
        l10n.t(
          'The network of {0} comes from {1}, which cannot be read there.',
          machineName(this.machine.name),
          DEVICES,
        ),
      );
    }
    return {
      uptimeSeconds: uptimeOf(texts),
      monotonicMs: this.clock.monotonicMs(),
      devices: parseDeviceCounters(devices),
      counters: countersOf(textOf(texts, STATISTICS[0]), textOf(texts, STATISTICS[1]), textOf(texts, STATISTICS[2])),
    };
  }

  private resultOf(sample: Sample, moving: FileTexts, { texts, ip }: Slow): NetworkResult {
    const { before, query } = this;
    const seconds = before === undefined ? null : secondsBetween(before, sample);
    const bigEndian = isBigEndian(textOf(texts, '/proc/self/auxv'));
    const { interfaces, unassigned } = this.interfacesOf(sample, seconds, moving, texts, ip, bigEndian);
    const routes = allRoutes(texts, ip, bigEndian).filter((route) => query.allTables || isOfOtherTable(route));
    const neighbours = allNeighbours(texts, ip);
    const chosen = (name: string | null): boolean => query.interface === null || name === query.interface;
    const result = {
      machine: this.machine.name,
      takenAtMs: this.clock.nowMs(),
      filter: query,
      measuring: before === undefined,
      intervalSeconds: seconds,
      interfaces: interfaces.filter((one) => chosen(one.name)),
      unassignedAddresses: [...unassigned],
      routes: routes.filter((route) => chosen(route.interface)),
      rules: rulesOf(ip),
      neighbours: neighbours.filter((neighbour) => chosen(neighbour.interface)),
      resolvers: allResolvers(texts),
      statistics: counterEntries(before?.counters ?? null, sample.counters, seconds),
      retransmitPercent: retransmitPercent(before?.counters ?? null, sample.counters),
      ipMissing: ip === null ? this.ip.missing : null,
      problems: problemsOf(moving),
    };
    return { ...result, findings: findingsOf(result) };
  }

  private interfacesOf(
    sample: Sample,
    seconds: number | null,
    moving: FileTexts,
    texts: FileTexts,
    ip: IpAnswers | null,
    bigEndian: boolean,
  ): { readonly interfaces: readonly InterfaceEntry[]; readonly unassigned: readonly string[] } {
    const names = [...sample.devices.keys()];
    const frames = interfaceFrames(names, texts, ip?.links ?? null);
    const loopback = frames.find((frame) => frame.kind === 'loopback')?.name ?? null;
    const addresses = allAddresses(texts, ip, loopback, bigEndian);
    const groups = groupsOf(texts, bigEndian);
    const interfaces = frames.map((frame, index): InterfaceEntry => {
      const name = names[index] ?? '';
      const columns = sample.devices.get(name) ?? [];
      return {
        ...frame,
        addresses: [...(addresses.of.get(frame.name) ?? [])],
        counters: counterSet(columns, moving, name),
        rates: rateSet(this.before?.devices.get(name), columns, seconds),
        multicastGroups: [...(groups.get(frame.name) ?? [])],
      };
    });
    return { interfaces, unassigned: addresses.unassigned };
  }
}
