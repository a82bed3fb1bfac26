// Wires the console: who is signed in, which view is open, whether it is live.
import * as http from './http.js';
import * as live from './live.js';
import { fill } from './dom.js';
import { moment } from './format.js';
import { openLogin } from './login.js';
import { read } from './route.js';
import { clear, fail } from './tell.js';
import { say, translatePage } from './words.js';
import { openOverview } from './overview.js';
import { openJobs } from './jobs.js';
import { openJob } from './job.js';
import { openFailures } from './failures.js';
import { openDead } from './dead.js';

// A view fills its container and answers what ends it; `changed`, if it has one, takes other filters without starting over.
const views = { overview: openOverview, jobs: openJobs, job: openJob, failures: openFailures, dead: openDead };

const container = document.getElementById('view');
const mark = document.getElementById('live');
const nav = document.getElementById('nav');
const leave = document.getElementById('sign-out');
let opened = null;
let lastLive = null;

/** Shows what the address names. A reader who came here by a link starts at its heading. */
function go({ focus }) {
  const route = read(location.hash);
  clear();
  if (opened?.view === route.view && opened.changed) return opened.changed(route);
  opened?.close?.();
  fill(container);
  opened = { view: route.view, ...view(route.view)(container, route) };
  for (const link of nav.children) {
    if (link.dataset.view === (route.view === 'job' ? 'jobs' : route.view)) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  name(focus);
}

const view = name => (Object.hasOwn(views, name) ? views[name] : openOverview);

function name(focus) {
  const heading = container.querySelector('h1');
  document.title = [opened.title ?? heading?.textContent, say.console].filter(Boolean).join(' · ');
  if (!heading) return;
  heading.tabIndex = -1;
  if (focus) {
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }
}

function showLive(isLive) {
  if (isLive) lastLive = new Date();
  const state = isLive ? 'yes' : 'no';
  if (mark.dataset.live === state) return;
  mark.dataset.live = state;
  mark.textContent = isLive ? say.live.yes : say.live.no(moment(lastLive ?? new Date()));
}

function enter({ required, focus }) {
  nav.hidden = false;
  leave.hidden = !required;
  live.start(showLive);
  go({ focus });
}

function lock(words) {
  if (opened?.view === 'login') return;
  live.stop();
  opened?.close?.();
  nav.hidden = leave.hidden = true;
  mark.textContent = '';
  delete mark.dataset.live;
  clear();
  opened = { view: 'login' };
  openLogin(container, words, () => enter({ required: true, focus: true }));
  name(false);
}

async function begin() {
  try {
    const { required, authenticated } = await http.who();
    if (required && !authenticated) lock('');
    else enter({ required, focus: false });
  } catch (refusal) {
    fail(refusal);
    setTimeout(begin, 3_000);
  }
}

translatePage();
addEventListener('hashchange', () => opened?.view === 'login' || go({ focus: true }));
http.session.addEventListener('signed-out', () => lock(say.login.again));
leave.addEventListener('click', async () => {
  try {
    await http.signOut();
    lock('');
  } catch (refusal) {
    // Only the server can take the cookie away.
    fail(refusal, say.login.stillIn);
  }
});
// The address's hash says which view is open, so this link must not change it.
document.getElementById('skip').addEventListener('click', event => {
  event.preventDefault();
  document.getElementById('main').focus();
});
begin();
