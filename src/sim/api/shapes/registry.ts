/** What names an account, as the struct of moby's api/types/registry. */
import { string, struct } from '../../lib/goDecode.ts';

/** POST /auth, and the header X-Registry-Auth. */
export const authConfig = struct('registry.AuthConfig', {
  username: string(),
  password: string(),
  auth: string(),
  email: string(),
  serveraddress: string(),
  identitytoken: string(),
  registrytoken: string(),
});
