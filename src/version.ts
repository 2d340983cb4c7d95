/** Version of this page's half of Obsdeck; a test holds it to package.json. */
export const VERSION = '0.1.0';
