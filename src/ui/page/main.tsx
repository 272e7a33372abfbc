import { render } from 'preact';
import { App } from './app.js';
import { connect, followHash } from './store.js';
import './style.css';

const root = document.getElementById('page');
if (root !== null) {
  addEventListener('hashchange', followHash);
  if (location.hash.startsWith('#/')) followHash();
  void connect();
  render(<App />, root);
}
