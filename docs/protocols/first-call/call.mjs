// The first signed call from Node, with the npm package "soap". See ../first-call.md for how to run it.
import { readFileSync } from 'node:fs';
import { randomUUID, X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import soap from 'soap';
import { SignedXml } from 'xml-crypto';
import { DOMParser } from '@xmldom/xmldom';

const demo = process.env.KOPURO_DEMO ?? 'var/demo';
const url = process.env.KOPURO_URL ?? 'http://127.0.0.1:8080/soap/tax/v1';
const inn = process.argv[2] ?? '23002199000001';
const file = name => readFileSync(join(demo, name), 'utf8');

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const names = 'xmlns:xrd="http://x-road.eu/xsd/xroad.xsd" xmlns:id="http://x-road.eu/xsd/identifiers"';

// 1. The call: X-Road header and the taxpayer's token.
const client = await soap.createClientAsync(`${url}?wsdl`, { endpoint: url });
const id = randomUUID();
client.addSoapHeader(`<xrd:client ${names} id:objectType="SUBSYSTEM"><id:xRoadInstance>central-server</id:xRoadInstance><id:memberClass>COM</id:memberClass><id:memberCode>60009999</id:memberCode><id:subsystemCode>demo-bank-service</id:subsystemCode></xrd:client>`);
client.addSoapHeader(`<xrd:service ${names} id:objectType="SERVICE"><id:xRoadInstance>central-server</id:xRoadInstance><id:memberClass>GOV</id:memberClass><id:memberCode>70000002</id:memberCode><id:subsystemCode>gns-service</id:subsystemCode><id:serviceCode>tpDataByINN</id:serviceCode><id:serviceVersion>v1</id:serviceVersion></xrd:service>`);
client.addSoapHeader(`<xrd:id ${names}>${id}</xrd:id>`);
client.addSoapHeader(`<xrd:userId ${names}>KG23002199000001</xrd:userId>`);
client.addSoapHeader(`<xrd:issue ${names}>APP-2026-000017</xrd:issue>`);
client.addSoapHeader(`<xrd:protocolVersion ${names}>4.0</xrd:protocolVersion>`);
client.addSoapHeader(`<sec:securityToken xmlns:sec="http://x-road.eu/xsd/security-token.xsd" tokenType="urn:kopuro:consent-token:v1">${file('app/token.txt').trim()}</sec:securityToken>`);

// 2. The signature. Body and Timestamp are signed without being asked for; the header elements have to be named.
client.setSecurity(new soap.WSSecurityCert(file('app/key.pem'), file('app/cert.pem'), '', {
  signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  signatureTransformations: ['http://www.w3.org/2001/10/xml-exc-c14n#'],
  additionalReferences: ['xrd:client', 'xrd:service', 'xrd:id', 'xrd:userId', 'xrd:issue', 'xrd:protocolVersion', 'sec:securityToken'],
  signerOptions: { idMode: 'wssecurity' },
}));

let answer;
try {
  [answer] = await client.tpDataByINNAsync({ request: { inn } });
} catch (error) {
  // A SOAP Fault: identity or access was refused, or the server failed.
  console.error(error.root?.Envelope?.Body?.Fault?.faultcode ?? error.message, '-', error.root?.Envelope?.Body?.Fault?.faultstring ?? '');
  process.exit(1);
}

// 3. The answer's signature: by the server's certificate, over exactly the Body that was read and a fresh Timestamp.
verify(client.lastResponse);
if (answer.fault) {
  console.error(`${answer.fault.faultCode}: ${answer.fault.faultString}`);
  process.exit(1);
}
for (const [name, value] of Object.entries(answer.response)) {
  console.log(`${name}: ${value instanceof Date ? value.toISOString().slice(0, 10) : value}`);
}

function verify(xml) {
  if (xml.includes('<!DOCTYPE')) throw new Error('the answer has a document type');
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const only = (namespace, name) => {
    const found = document.getElementsByTagNameNS(namespace, name);
    if (found.length !== 1) throw new Error(`the answer has ${found.length} elements ${name}`);
    return found[0];
  };
  const server = new X509Certificate(file('server/cert.pem'));
  if (!server.raw.equals(Buffer.from(only(WSSE, 'BinarySecurityToken').textContent, 'base64'))) throw new Error('another certificate than the server\'s');
  const signature = new SignedXml({ publicCert: file('server/cert.pem'), getCertFromKeyInfo: () => null });
  signature.loadSignature(only(DSIG, 'Signature'));
  if (!signature.checkSignature(xml)) throw new Error('the signature is wrong');
  const signed = new Set(signature.getReferences().map(reference => reference.uri.slice(1)));
  for (const element of [only(SOAP, 'Body'), only(WSU, 'Timestamp')]) {
    if (!signed.has(element.getAttributeNS(WSU, 'Id'))) throw new Error(`${element.localName} is not signed`);
  }
  const age = Date.now() - Date.parse(only(WSU, 'Created').textContent);
  if (Math.abs(age) > 300_000 || Date.parse(only(WSU, 'Expires').textContent) < Date.now()) throw new Error('the time-stamp is not fresh');
  if (only('http://x-road.eu/xsd/xroad.xsd', 'id').textContent !== id) throw new Error('an answer to another call');
}
