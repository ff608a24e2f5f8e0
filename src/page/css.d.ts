/** esbuild collects the imported stylesheets into one. */
declare module '*.css'
