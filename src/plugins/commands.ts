/** Ids of Obsdeck's commands. */
export const CommandIDs = {
  showSidebar: 'obsdeck:show-sidebar',
  showSection: 'obsdeck:show-section',
  signIn: 'obsdeck:sign-in',
  signOut: 'obsdeck:sign-out',
  renew: 'obsdeck:renew',
  forgetAccount: 'obsdeck:forget-account',
  accountDetails: 'obsdeck:account-details',
  removeArchive: 'obsdeck:remove-archive',
  newSearch: 'obsdeck:new-search',
  runQuery: 'obsdeck:run-query',
  cancelQuery: 'obsdeck:cancel-query',
  openResults: 'obsdeck:open-results',
  insertAsCell: 'obsdeck:insert-as-cell',
  addArchive: 'obsdeck:add-archive',
  editArchive: 'obsdeck:edit-archive',
  explainAccess: 'obsdeck:explain-access'
} as const;
