/** The commands that start the workbench, as the server has written them into the page. They differ in the package. */
export function startCommands(): { start: string; startHttps: string } {
  const { start = '', startHttps = '' } = document.getElementById('page')?.dataset ?? {}
  return { start, startHttps }
}
