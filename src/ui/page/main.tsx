import { render } from 'preact';
import { App } from './app.js';
import { takeDrops } from './dropping.js';
import { connect } from './following.js';
import { followHash } from './store.js';
import './style.css';

const root = document.getElementById('page');
if (root !== null) {
  addEventListener('hashchange', followHash);
  takeDrops();
  if (location.hash.startsWith('#/')) followHash();
  void connect();
  render(<App />, root);
}
