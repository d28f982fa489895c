// From Node: a call by X-Road REST with an HTTP message signature, a form transferred by MTOM with a WS-Security signature, and its file fetched back. See ../first-call.md.
//   node attachments.mjs TAXPAYER_INN 'NAME AS REGISTERED' FORM_VERSION NUMBER FILE.pdf
import { readFileSync } from 'node:fs';
import { createHash, createPrivateKey, randomUUID, sign, verify as verifySignature, X509Certificate } from 'node:crypto';
import { basename, join } from 'node:path';
import soap from 'soap';
import { SignedXml } from 'xml-crypto';
import { DOMParser } from '@xmldom/xmldom';

const [inn, name, formVersion, number, path] = process.argv.slice(2);
const demo = process.env.KOPURO_DEMO ?? 'var/demo';
const base = process.env.KOPURO_BASE ?? 'http://127.0.0.1:8080';
const member = process.env.KOPURO_MEMBER ?? '60009999';
const subsystem = process.env.KOPURO_SUBSYSTEM ?? 'demo-bank-service';
const file = entry => readFileSync(join(demo, entry), 'utf8');
const key = createPrivateKey(file('app/key.pem'));
const certificate = new X509Certificate(file('app/cert.pem'));
const server = new X509Certificate(file('server/cert.pem'));
const sha256 = (octets, form) => createHash('sha256').update(octets).digest(form);

const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const CONSENT = 'urn:kopuro:consent:v1';

// 1. X-Road REST (RFC 9421, RFC 9530).
console.log(`FullName: ${(await rest('tpDataByINNforBusinessActivity', { inn })).FullName}`);

// 2. The form goes beside the message; the signed message holds its digest.
const octets = readFileSync(path);
const [transferred] = await call('transferForm', {
  number, taxpayerInn: inn, taxpayerName: name, service: 'headcount', signedOn: new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Bishkek' }).format(new Date()),
  formVersion, signing: 'HANDWRITTEN', fileName: basename(path), fileSha256: sha256(octets, 'hex'),
  file: { $xml: '<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:form@example"/>' },
}, [{ mimetype: 'application/pdf', contentId: 'form@example', name: basename(path), body: octets }]);
console.log(`result: ${transferred.getElementsByTagNameNS(CONSENT, 'result')[0].textContent}`);

// 3. And back.
const [described, attachments] = await call('formFile', { number, what: 'FILE' }, []);
const back = attachments.find(part => part.headers['content-id'] === '<' + decodeURIComponent(
  described.getElementsByTagNameNS('http://www.w3.org/2004/08/xop/include', 'Include')[0].getAttribute('href').slice('cid:'.length)) + '>').body;
if (sha256(back, 'hex') !== described.getElementsByTagNameNS(CONSENT, 'sha256')[0].textContent || !octets.equals(back)) throw new Error('another file than was transferred');
console.log(`file: ${described.getElementsByTagNameNS(CONSENT, 'fileName')[0].textContent}, ${back.length} octets`);

async function rest(service, question) {
  const target = `/r1/central-server/GOV/70000002/gns-service/${service}`;
  const body = JSON.stringify(question);
  const headers = {
    'x-road-client': `central-server/COM/${member}/${subsystem}`, 'x-road-id': randomUUID(), 'content-type': 'application/json', 'content-digest': `sha-256=:${sha256(body, 'base64')}:`,
  };
  const values = { '@method': 'POST', '@path': target, ...headers };
  const parameters = `(${Object.keys(values).map(each => `"${each}"`).join(' ')});created=${Math.floor(Date.now() / 1000)};keyid="${sha256(certificate.raw, 'hex')}";alg="rsa-v1_5-sha256"`;
  const signed = Object.entries(values).map(([each, value]) => `"${each}": ${value}\n`).join('') + `"@signature-params": ${parameters}`;
  const answer = await fetch(base + target, { method: 'POST', body, headers: { ...headers, 'signature-input': `sig1=${parameters}`, signature: `sig1=:${sign('sha256', Buffer.from(signed), key).toString('base64')}:` } });
  const text = Buffer.from(await answer.arrayBuffer());
  if (answer.status !== 200) throw new Error(`${answer.status}: ${text}`);
  // The answer: the octets that came are those that were digested, and the server's key signed the digest and the id of this question.
  const [, label, input] = answer.headers.get('signature-input').match(/^([a-z0-9]+)=(.*)$/s);
  const components = input.match(/^\((.*?)\)/s)[1].split(' ');
  for (const needed of ['"@status"', '"content-digest"', '"x-road-id";req']) if (!components.includes(needed)) throw new Error(`${needed} is not signed`);
  const told = components.map(each => {
    const plain = each.match(/^"(.*?)"/)[1];
    return `${each}: ${plain === '@status' ? answer.status : each.endsWith(';req') ? headers[plain] : answer.headers.get(plain)}\n`;
  }).join('') + `"@signature-params": ${input}`;
  const value = Buffer.from(answer.headers.get('signature').slice(label.length + 2, -1), 'base64');
  if (!verifySignature('sha256', Buffer.from(told), server.publicKey, value)) throw new Error('the signature of the REST answer is wrong');
  if (answer.headers.get('content-digest') !== `sha-256=:${sha256(text, 'base64')}:`) throw new Error('the digest of the REST answer is wrong');
  return JSON.parse(text);
}

async function call(service, request, files) {
  const url = `${base}/soap/consent/v1`;
  const names = 'xmlns:xrd="http://x-road.eu/xsd/xroad.xsd" xmlns:id="http://x-road.eu/xsd/identifiers"';
  const parts = values => Object.entries(values).map(([each, value]) => `<id:${each}>${value}</id:${each}>`).join('');
  const client = await soap.createClientAsync(`${url}?wsdl`, { endpoint: url, parseResponseAttachments: true });
  const id = randomUUID();
  client.addSoapHeader(`<xrd:client ${names} id:objectType="SUBSYSTEM">${parts({ xRoadInstance: 'central-server', memberClass: 'COM', memberCode: member, subsystemCode: subsystem })}</xrd:client>`);
  client.addSoapHeader(`<xrd:service ${names} id:objectType="SERVICE">${parts({ xRoadInstance: 'central-server', memberClass: 'GOV', memberCode: '70000002', subsystemCode: 'gns-service', serviceCode: service, serviceVersion: 'v1' })}</xrd:service>`);
  client.addSoapHeader(`<xrd:id ${names}>${id}</xrd:id>`);
  client.addSoapHeader(`<xrd:protocolVersion ${names}>4.0</xrd:protocolVersion>`);
  client.setSecurity(new soap.WSSecurityCert(file('app/key.pem'), file('app/cert.pem'), '', {
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    signatureTransformations: ['http://www.w3.org/2001/10/xml-exc-c14n#'],
    additionalReferences: ['xrd:client', 'xrd:service', 'xrd:id', 'xrd:protocolVersion'],
    signerOptions: { idMode: 'wssecurity' },
  }));
  try {
    await client[`${service}Async`]({ request }, { forceMTOM: true, attachments: files });
  } catch (error) {
    throw new Error(client.lastResponse ?? error.message);
  }
  const document = verified(client.lastResponse, id);
  const fault = document.getElementsByTagNameNS(CONSENT, 'faultCode');
  if (fault.length > 0) throw new Error(fault[0].textContent);
  return [document, client.lastResponseAttachments?.parts ?? []];
}

/** The answer, if the server's key signed its Body and a fresh Timestamp, and if it answers the call with this id. */
function verified(xml, id) {
  if (xml.includes('<!DOCTYPE')) throw new Error('the answer has a document type');
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const only = (namespace, element) => {
    const found = document.getElementsByTagNameNS(namespace, element);
    if (found.length !== 1) throw new Error(`the answer has ${found.length} elements ${element}`);
    return found[0];
  };
  if (!server.raw.equals(Buffer.from(only(WSSE, 'BinarySecurityToken').textContent, 'base64'))) throw new Error('another certificate than the server\'s');
  const signature = new SignedXml({ publicCert: file('server/cert.pem'), getCertFromKeyInfo: () => null });
  signature.loadSignature(only(DSIG, 'Signature'));
  if (!signature.checkSignature(xml)) throw new Error('the signature is wrong');
  const signed = new Set(signature.getReferences().map(reference => reference.uri.slice(1)));
  for (const element of [only(SOAP, 'Body'), only(WSU, 'Timestamp')]) {
    if (!signed.has(element.getAttributeNS(WSU, 'Id'))) throw new Error(`${element.localName} is not signed`);
  }
  if (Date.parse(only(WSU, 'Expires').textContent) < Date.now()) throw new Error('the time-stamp is not fresh');
  if (only('http://x-road.eu/xsd/xroad.xsd', 'id').textContent !== id) throw new Error('an answer to another call');
  return document;
}
