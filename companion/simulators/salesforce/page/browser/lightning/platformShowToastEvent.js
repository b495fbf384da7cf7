export class ShowToastEvent extends CustomEvent {
  constructor(detail) {
    super('lightning__showtoast', { bubbles: true, cancelable: true, composed: true, detail });
  }
}
