import { featureEntry, type FeatureEntry } from '../editor/feature';
import { manifest as compare } from './compare/manifest';
import { manifest as ip } from './ip/manifest';
import { manifest as ssh } from './ssh/manifest';
import { manifest as system } from './system/manifest';

/** Every feature, one line each; nothing of it but its manifest is loaded before its first use. */
export const features: readonly FeatureEntry[] = [
  featureEntry(
    system,
    async () => (await import('./system/tools')).tools,
    async () => (await import('./system/feature')).createFeature,
  ),
  featureEntry(
    ssh,
    async () => (await import('./ssh/tools')).tools,
    async () => (await import('./ssh/feature')).createFeature,
  ),
  featureEntry(
    compare,
    async () => (await import('./compare/tools')).tools,
    async () => (await import('./compare/feature')).createFeature,
  ),
  featureEntry(
    ip,
    async () => (await import('./ip/tools')).tools,
    async () => (await import('./ip/feature')).createFeature,
  ),
];
