// The server hands out one page for every address; what is on it is drawn here.
export const ssr = false;
