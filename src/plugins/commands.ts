/** Ids of Obsdeck's commands. */
export namespace CommandIDs {
  export const showSidebar = 'obsdeck:show-sidebar';
  export const newSearch = 'obsdeck:new-search';
  export const runQuery = 'obsdeck:run-query';
  export const cancelQuery = 'obsdeck:cancel-query';
  export const openResults = 'obsdeck:open-results';
  export const toggleRecord = 'obsdeck:toggle-record';
  export const insertAsCell = 'obsdeck:insert-as-cell';
  export const addArchive = 'obsdeck:add-archive';
}
