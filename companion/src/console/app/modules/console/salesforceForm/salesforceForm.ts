import { api, LightningElement } from 'lwc';
import type { ProblemView } from '../../../api/read-problem.ts';
import type { Flow, SalesforceView } from '../../../api/shapes.ts';

const FLOWS: { value: Flow; label: string; help: string }[] = [
  {
    value: 'web-server',
    label: 'Sign in to Salesforce yourself',
    help: 'The quickest: Salesforce asks you to approve, and you come back here.',
  },
  {
    value: 'jwt-bearer',
    label: 'Integration user with a certificate (JWT bearer)',
    help: 'For an API-only user. Your own connected app holds the certificate.',
  },
  {
    value: 'client-credentials',
    label: 'Integration user with client credentials',
    help: 'For an API-only user that your own connected app runs as.',
  },
];

/** What each way of signing in needs. */
const FIELDS: Record<Flow, string[]> = {
  'web-server': ['clientId', 'clientSecret'],
  'jwt-bearer': ['clientId', 'username', 'privateKey'],
  'client-credentials': ['clientId', 'clientSecret'],
};

/** How to sign in to Salesforce. */
export default class SalesforceForm extends LightningElement {
  @api salesforce: SalesforceView | null = null;
  @api refusal: ProblemView | null = null;
  @api isBusy = false;
  @api isChanging = false;

  flows = FLOWS;
  form: Record<string, string> = {};

  get flow(): Flow {
    return (this.form.flow as Flow | undefined) ?? this.salesforce?.flow ?? 'web-server';
  }

  get domain(): string {
    return this.form.domain ?? this.salesforce?.origin ?? '';
  }

  get clientId(): string {
    return this.form.clientId ?? '';
  }

  get clientSecret(): string {
    return this.form.clientSecret ?? '';
  }

  get username(): string {
    return this.form.username ?? this.salesforce?.username ?? '';
  }

  get privateKey(): string {
    return this.form.privateKey ?? '';
  }

  get isWebServer(): boolean {
    return this.flow === 'web-server';
  }

  get isJwtBearer(): boolean {
    return this.flow === 'jwt-bearer';
  }

  get isClientCredentials(): boolean {
    return this.flow === 'client-credentials';
  }

  get submitLabel(): string {
    return this.isWebServer ? 'Sign in to Salesforce' : 'Connect';
  }

  get domainError(): string {
    return this.refusal?.errors.find(({ field }) => field === 'domain')?.problem ?? '';
  }

  handleFill(event: CustomEvent<{ name: string; value: string }>): void {
    this.form = { ...this.form, [event.detail.name]: event.detail.value };
  }

  handleSubmit(event: Event): void {
    event.preventDefault();
    const { flow, domain, form } = this;
    const given = FIELDS[flow].flatMap((name) => {
      const value = (name === 'username' ? this.username : (form[name] ?? '')).trim();
      return value ? [[name, value]] : [];
    });
    const detail = { flow, domain: domain.trim(), ...Object.fromEntries(given) };
    this.dispatchEvent(new CustomEvent('connect', { detail }));
  }

  handleCancel(): void {
    this.dispatchEvent(new CustomEvent('cancel'));
  }
}
