import { describe, expect, it } from 'vitest';
import { config, fuses } from '../../../build/package.mjs';

describe('the packaged app', () => {
  it('can no longer be made a Node, debugged, or given other code', () => {
    expect(config.electronFuses).toBe(fuses);
    expect(fuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      grantFileProtocolExtraPrivileges: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
    });
  });

  it('keeps the shell in the archive, whose digest it knows, and opens .comask files', () => {
    expect(config.asar).toBe(true);
    expect(config.asarUnpack.filter((pattern) => /cjs|dist\/\*\*$/.test(pattern))).toEqual([]);
    expect(config.fileAssociations.map(({ ext }) => ext)).toEqual(['comask']);
  });
});
