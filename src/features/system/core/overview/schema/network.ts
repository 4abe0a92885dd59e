import * as z from 'zod';
import { percent, quantity, rate } from '../../fields';

export const networkInterface = z
  .object({
    name: z.string(),
    state: z.string().nullable().describe('Operational state as the system calls it: up, down, unknown …'),
    up: z.boolean().nullable().describe('Whether it can carry traffic.'),
    hardware: z.boolean().nullable().describe('Belongs to a device rather than to software.'),
    speedBitsPerSecond: quantity('Speed of the link.'),
    duplex: z.string().nullable(),
    mtuBytes: quantity('Largest packet.'),
    address: z.string().nullable().describe('Hardware address.'),
    receivedBytesPerSecond: rate('Bytes received.'),
    sentBytesPerSecond: rate('Bytes sent.'),
    receivedPacketsPerSecond: rate('Packets received.'),
    sentPacketsPerSecond: rate('Packets sent.'),
    utilisationPercent: percent('The busier direction, of the speed of the link.'),
    errorsPerSecond: rate('Errors in both directions.'),
    dropsPerSecond: rate('Dropped packets in both directions.'),
    receivedBytes: quantity('Received since the interface appeared.'),
    sentBytes: quantity('Sent since the interface appeared.'),
    receivedPackets: quantity('Received since the interface appeared.'),
    sentPackets: quantity('Sent since the interface appeared.'),
    receiveErrors: quantity('Since the interface appeared.'),
    sendErrors: quantity('Since the interface appeared.'),
    receiveDrops: quantity('Since the interface appeared.'),
    sendDrops: quantity('Since the interface appeared.'),
    collisions: quantity('Since the interface appeared.'),
  })
  .describe('A network interface.');

export type NetworkInterface = z.infer<typeof networkInterface>;
