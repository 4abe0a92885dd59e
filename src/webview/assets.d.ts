/** Style sheets are taken out by the bundler and become page.css. */
declare module '*.css';
