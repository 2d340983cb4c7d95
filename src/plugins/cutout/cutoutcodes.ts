import type { TranslationBundle } from '@jupyterlab/translation';

import type { IArchiveDefinition } from '../../archives/archive.js';
import type { CutoutSession } from '../../model/cutout/session.js';
import { shellString } from '../../protocol/cells.js';
import { serviceCell } from '../../protocol/cells/index.js';
import { withoutSignature } from '../../protocol/datalink/signed.js';
import { isSodaJob } from '../../protocol/soda/index.js';
import type { ICodeText } from '../../view/cutout/code.js';

/** A filled-in service as code, Python first; none while something is wrong with it. */
export function cutoutCodes(
  session: CutoutSession,
  { id, name }: Pick<IArchiveDefinition, 'id' | 'name'>,
  trans: TranslationBundle
): readonly ICodeText[] {
  const { model, chosen, linksUrl, links, asker } = session;
  const request = model?.request;
  const given = model?.values;
  if (!request || !given || !chosen) {
    return [];
  }
  const url = withoutSignature(request.url);
  const codes = [
    { id: 'url', label: trans.__('URL'), text: url },
    { id: 'curl', label: trans.__('curl'), text: curl(url, isSodaJob(chosen.service)) }
  ];
  if (linksUrl === null) {
    return codes;
  }
  const text = serviceCell({
    archiveName: name,
    date: new Date().toISOString().slice(0, 10),
    ...(asker === 'me' && { asMe: id }),
    linksUrl,
    link: chosen.link,
    among: links,
    service: chosen.service,
    given
  });
  return [{ id: 'python', label: trans.__('Python'), text }, ...codes];
}

/** A line for a terminal: the file is called as the service says; a job is made by POST. */
function curl(url: string, isJob: boolean): string {
  const [address, query = ''] = url.split('?', 2);
  return isJob
    ? `curl --location --data ${shellString(query)} ${shellString(address)}`
    : `curl --fail --location --remote-name --remote-header-name ${shellString(url)}`;
}
