import type { Plugin } from "vite";
import { defineConfig } from "vite";

const probe = "div.innerHTML = '<svg/>';";
const safe = "div.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));";

/** Leaflet asks at its start whether SVG works by setting markup, which Trusted Types forbid: ask by elements. */
function leafletWithoutMarkup(): Plugin {
  return {
    name: "leaflet-without-markup",
    transform(code, id) {
      if (!id.endsWith("leaflet-src.esm.js")) return null;
      if (!code.includes(probe))
        throw new Error("Leaflet's probe for SVG has changed; look at vite.config.ts");
      return { code: code.replace(probe, safe), map: null };
    },
  };
}

export default defineConfig({
  base: "/",
  resolve: { alias: [{ find: /^leaflet$/, replacement: "leaflet/dist/leaflet-src.esm.js" }] },
  plugins: [leafletWithoutMarkup()],
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: {
    outDir: "../graphintel/viz/static",
    emptyOutDir: true,
    target: "es2023",
    // A data: font or image would need a wider Content-Security-Policy than 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});
