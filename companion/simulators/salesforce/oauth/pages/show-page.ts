import type { Answer } from '../../http/send-answer.ts';

/** Shows a page that loads nothing, runs nothing and stands in no frame. */
export function showPage(html: string, status = 200): Answer {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
  const headers = { 'Content-Type': 'text/html;charset=UTF-8', 'Content-Security-Policy': policy };
  return { status, headers, body: html };
}

export function sendTo(location: string): Answer {
  return { status: 302, headers: { Location: location } };
}
