import type { FeatureFactory } from '../../editor/feature';
import type { manifest } from './manifest';

/** The tools of this feature need nothing of VS Code beyond the palette and the report panel yet. */
export const createFeature: FeatureFactory<typeof manifest> = () => ({
  commands: {},
  views: {},
  terminalProfiles: {},
  fileSystems: {},
  backgrounds: {},
});
