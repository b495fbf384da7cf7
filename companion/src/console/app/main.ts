import '@lwc/synthetic-shadow';
import '@slds';
import './styles/base.css';
import './styles/header.css';
import './styles/shell.css';
import './styles/cards.css';
import './styles/notices.css';
import './styles/overlays.css';
import './styles/setup-pages.css';
import './styles/work-pages.css';
import './styles/tables.css';

// The engine takes the shadow that it finds when it is loaded. Two static imports would leave the order of both to how
// the bundler cuts its pieces.
await import('./show-console.ts');
