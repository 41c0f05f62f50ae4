/** Files that the bundler turns into modules. */

declare module "*.svg?raw" {
  const text: string;
  export default text;
}

declare module "world-atlas/countries-50m.json" {
  const topology: object;
  export default topology;
}
