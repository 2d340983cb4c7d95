import type { CommandRegistry } from '@lumino/commands';

import type { AsMe } from '../../model/signingate.js';
import type { IAccounts, IArchiveRegistry } from '../../tokens.js';
import type { IRightsMeans } from '../../view/results/runner.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';

/** What views and models need to ask in the user's name. */
export interface IRightsOfUser extends IRightsMeans {
  /** Waits for a sign-in where it has run out. */
  readonly asMe: AsMe;
}

/** The accounts for the Results tabs; signing in is a command, so that it is one dialog. */
export function rightsOf(
  accounts: IAccounts,
  archives: IArchiveRegistry,
  commands: CommandRegistry
): IRightsOfUser {
  return {
    rights: accounts,
    asMe: (archive, work, signal) => accounts.asMe(archive, work, signal),
    definition: archive => archives.get(archive)?.definition,
    signIn: async archive => {
      const asked = commands.execute(CommandIDs.signIn, { archive });
      attempt(asked);
      return (await asked.catch(() => false)) === true;
    },
    editArchive: archive =>
      attempt(commands.execute(CommandIDs.editArchive, { archive }))
  };
}
