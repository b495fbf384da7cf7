import type { Answer } from '../http/send-answer.ts';
import { writeXml } from './write-xml.ts';

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';
const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/** Which of the two SOAP APIs is spoken: `u` is the partner's, `c` that of one org. */
export type SoapFlavor = 'partner' | 'enterprise';

/** The answer to an operation: one result, or one for each thing asked for. */
export function writeResponse(
  flavor: SoapFlavor,
  operation: string,
  result: object | object[],
  usage: { current: number; limit: number },
): Answer {
  const limitInfo = { ...usage, type: 'API REQUESTS' };
  return write(200, {
    '@xmlns:soapenv': soapNamespace,
    '@xmlns': `urn:${flavor}.soap.sforce.com`,
    '@xmlns:xsi': schemaInstance,
    'soapenv:Header': { LimitInfoHeader: { limitInfo } },
    'soapenv:Body': { [`${operation}Response`]: { result } },
  });
}

/** A fault. The platform answers all of them with 500, whatever their cause. */
export function writeFault(flavor: SoapFlavor, code: string, message: string): Answer {
  const type = 'sf:UnexpectedErrorFault';
  const detail = {
    [type]: { '@xsi:type': type, 'sf:exceptionCode': code, 'sf:exceptionMessage': message },
  };
  const fault = { faultcode: `sf:${code}`, faultstring: `${code}: ${message}`, detail };
  return write(500, {
    '@xmlns:soapenv': soapNamespace,
    '@xmlns:sf': `urn:fault.${flavor}.soap.sforce.com`,
    '@xmlns:xsi': schemaInstance,
    'soapenv:Body': { 'soapenv:Fault': fault },
  });
}

/** The fault of a request that is not understood at all. */
export function writeClientFault(message: string): Answer {
  return write(500, {
    '@xmlns:soapenv': soapNamespace,
    'soapenv:Body': { 'soapenv:Fault': { faultcode: 'soapenv:Client', faultstring: message } },
  });
}

function write(status: number, envelope: object): Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>${writeXml({ 'soapenv:Envelope': envelope })}`;
  return { status, headers: { 'Content-Type': 'text/xml;charset=UTF-8' }, body };
}
