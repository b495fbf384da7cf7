import '@lwc/synthetic-shadow';
import '@slds';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/pages.css';
import './styles/tables.css';
import { createElement } from 'lwc';
import App from './modules/console/app/app.ts';

document.body.append(createElement('console-app', { is: App }));
