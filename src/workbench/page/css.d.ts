/** esbuild gathers the imported stylesheets into the bundle's own. */
declare module '*.css'
