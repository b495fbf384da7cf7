import { createElement } from 'lwc';
import App from './modules/console/app/app.ts';

document.body.append(createElement('console-app', { is: App }));
