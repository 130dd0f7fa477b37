/** The layers that an image's config names, and what Docker says of a config that it cannot use. */
import { GoDecodeError, goDecode, string, strings, struct } from '../../lib/goDecode.ts';
import { firstJsonNode, goSyntaxError } from '../../lib/goJson.ts';
import { system } from '../errors.ts';

const IMAGE = struct('image.Image', {
  architecture: string(),
  os: string(),
  rootfs: struct('image.RootFS', { type: string(), diff_ids: strings }),
});

/** Throws system `invalid image JSON, no RootFS key`, or what Go's decoder says. */
export function diffIdsOf(rawConfig: string): readonly string[] {
  const fault = goSyntaxError(rawConfig);
  if (fault !== undefined) throw system(fault);
  try {
    const { rootfs } = goDecode(firstJsonNode(rawConfig).node, IMAGE) as { readonly rootfs?: { readonly diff_ids?: readonly string[] } };
    if (!rootfs) throw system('invalid image JSON, no RootFS key');
    return rootfs.diff_ids ?? [];
  } catch (error) {
    if (error instanceof GoDecodeError) throw system(error.message);
    throw error;
  }
}
