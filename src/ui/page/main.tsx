import { render } from 'preact';
import { App } from './app.js';
import { connect } from './following.js';
import { followHash } from './store.js';
import './style.css';

const root = document.getElementById('page');
if (root !== null) {
  addEventListener('hashchange', followHash);
  // A file that is let go beside the mark is not what the tab is to show instead.
  for (const type of ['dragover', 'drop']) addEventListener(type, (event) => event.preventDefault());
  if (location.hash.startsWith('#/')) followHash();
  void connect();
  render(<App />, root);
}
