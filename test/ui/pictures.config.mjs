import config from './playwright.config.mjs';

/** Takes the pictures of docs/ from the real page. */
export default { ...config, testMatch: 'pictures.ts' };
