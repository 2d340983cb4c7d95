/** Ids of Obsdeck's commands. */
export const CommandIDs = {
  showSidebar: 'obsdeck:show-sidebar',
  newSearch: 'obsdeck:new-search',
  runQuery: 'obsdeck:run-query',
  cancelQuery: 'obsdeck:cancel-query',
  openResults: 'obsdeck:open-results',
  insertAsCell: 'obsdeck:insert-as-cell',
  addArchive: 'obsdeck:add-archive'
} as const;
