import type { TranslationBundle } from '@jupyterlab/translation';

import type { WayFound } from '../../archives/ivoa/signin.js';

/** A way of signing in that a service names, in plain words. */
export function wayWords(trans: TranslationBundle, way: WayFound): string {
  switch (way) {
    case 'basic':
    case 'password':
      return trans.__('user name and password');
    case 'bearer':
    case 'token':
      return trans.__('token');
    case 'certificate':
      return trans.__('certificate (not possible here)');
    case 'cookie':
      return trans.__('web page (not possible here)');
    case 'saml':
      return trans.__('SAML (not possible here)');
    case 'other':
      return trans.__('a way that Obsdeck does not know');
  }
}
