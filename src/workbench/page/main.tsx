/** The workbench's page: esbuild bundles this file into `/page.js`, and the stylesheets that it imports into `/page.css`. */
import { render } from 'preact'
import { App } from './App'
import { followUrl } from './place'
import './styles.css'

followUrl()
render(<App />, document.getElementById('page') ?? document.body)
