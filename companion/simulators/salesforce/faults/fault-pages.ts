const reasons = new Map([
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
]);

/** The page of the servers in front of the platform, when nothing behind them answers. */
export function unavailablePage(status: number): string {
  const reason = reasons.get(status) ?? 'Error';
  return `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
<html><head><title>${status} ${reason}</title></head>
<body><h1>${reason}</h1>
<p>The server is temporarily unable to service your request due to maintenance downtime or capacity problems. Please try again later.</p>
</body></html>
`;
}

/** The same trouble from the API itself, when it answers XML. */
export const unavailableXml =
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<Errors><Error><errorCode>SERVER_UNAVAILABLE</errorCode>' +
  '<message>Server is temporarily unavailable.</message></Error></Errors>';

/** The page of an org that is deleted, expired or not there yet. */
export const expiredOrgPage = `<!DOCTYPE HTML>
<html lang="en"><head><meta charset="utf-8"><title>Site Unavailable</title></head>
<body><div id="errorTitle">We can't find your org</div>
<div id="errorDesc">The org was deleted, has expired, or is not available at this address.</div></body></html>
`;

/** The page for people that an API client gets when something in between wants them to sign in. */
export const loginPage = `<!DOCTYPE html>
<html lang="en"><head><meta charset="UTF-8"><title>Login | Salesforce</title></head>
<body><div id="wrapper"><form name="login" method="post" id="login_form" action="/login">
<label for="username">Username</label><input type="email" id="username" name="username">
<label for="password">Password</label><input type="password" id="password" name="pw" autocomplete="off">
<input type="submit" id="Login" name="Login" value="Log In"></form></div></body></html>
`;
