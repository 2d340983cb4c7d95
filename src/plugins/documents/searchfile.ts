/** Name of the factory of saved searches, as file type and layout know it. */
export const SEARCH_FACTORY = 'Observation search';

/** Name of the file type of saved searches. */
export const SEARCH_TYPE = 'obsq';
