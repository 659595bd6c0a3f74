declare module '*.css';
/** The address of a worker's own bundle. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
