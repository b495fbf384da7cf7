import type { ApiRequest } from '../http/api-request.ts';
import type { Answer } from '../http/send-answer.ts';

const FIRST_VERSION_WITHOUT_LOGIN = 65;

/**
 * Refuses the login of the SOAP API, which newer orgs have switched off and newer versions do not have:
 * https://developer.salesforce.com/docs/atlas.en-us.258.0.api.meta/api/sforce_api_calls_login.htm
 * Null for all else that is asked of that API.
 */
export function answerSoapLogin({ path, body }: ApiRequest): Answer | null {
  if (!/<(\w+:)?login[\s>]/.test(body)) return null;
  const version = Number(/\/(\d+)\.0$/.exec(path)?.[1] ?? NaN);
  const message =
    version >= FIRST_VERSION_WITHOUT_LOGIN
      ? `SOAP API login() is not available in API version ${version}.0.`
      : 'SOAP API login() is disabled by default in this org. Contact the org administrator to enable SOAP API login().';
  const headers = { 'Content-Type': 'text/xml;charset=UTF-8' };
  return { status: 500, headers, body: renderFault('INVALID_OPERATION', message) };
}

function renderFault(code: string, message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" \
xmlns:sf="urn:fault.partner.soap.sforce.com" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>\
<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: ${message}</faultstring><detail>\
<sf:LoginFault xsi:type="sf:LoginFault"><sf:exceptionCode>${code}</sf:exceptionCode>\
<sf:exceptionMessage>${message}</sf:exceptionMessage></sf:LoginFault></detail></soapenv:Fault></soapenv:Body>\
</soapenv:Envelope>`;
}
