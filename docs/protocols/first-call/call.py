#!/usr/bin/python3
"""The first signed call from Python, with Debian's python3-lxml and python3-cryptography. See ../first-call.md for how to run it."""
import base64
import hashlib
import os
import sys
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from lxml import etree

DEMO = Path(os.environ.get("KOPURO_DEMO", "var/demo"))
URL = os.environ.get("KOPURO_URL", "http://127.0.0.1:8080/soap/tax/v1")
SERVICE = sys.argv[1] if len(sys.argv) > 1 else "tpDataByINN"

OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
NS = {
    "soap": "http://schemas.xmlsoap.org/soap/envelope/",
    "xrd": "http://x-road.eu/xsd/xroad.xsd",
    "wsse": OASIS + "wssecurity-secext-1.0.xsd",
    "wsu": OASIS + "wssecurity-utility-1.0.xsd",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "prod": "http://gns-security-server.x-road.fi/producer",
}
WSU_ID = "{%s}Id" % NS["wsu"]
X509V3 = OASIS + "x509-token-profile-1.0#X509v3"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def parse(octets):
    root = etree.fromstring(octets, PARSER)
    if root.getroottree().docinfo.doctype:
        sys.exit("the message has a document type")
    return root


def canonical(element):
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def digest(element):
    return base64.b64encode(hashlib.sha256(canonical(element)).digest()).decode()


def element(parent, name, text=None, **attributes):
    prefix, local = name.split(":")
    made = etree.SubElement(parent, "{%s}%s" % (NS[prefix], local), attributes, nsmap={prefix: NS[prefix]})
    made.text = text
    return made


def only(root, path):
    found = root.findall(path, NS)
    if len(found) != 1:
        sys.exit("the answer has %d elements %s" % (len(found), path))
    return found[0]


def sign(envelope):
    """Body, Timestamp and every X-Road header element, each by an Id of its own."""
    certificate = x509.load_pem_x509_certificate((DEMO / "app/cert.pem").read_bytes())
    key = serialization.load_pem_private_key((DEMO / "app/key.pem").read_bytes(), None)
    header = only(envelope, "soap:Header")
    signed = list(header) + [only(envelope, "soap:Body")]

    security = element(header, "wsse:Security")
    security.set("{%s}mustUnderstand" % NS["soap"], "1")
    token = element(security, "wsse:BinarySecurityToken", base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode(),
                    EncodingType=OASIS + "soap-message-security-1.0#Base64Binary", ValueType=X509V3)
    token.set(WSU_ID, "certificate")
    timestamp = element(security, "wsu:Timestamp")
    now = datetime.now(timezone.utc)
    element(timestamp, "wsu:Created", now.strftime("%Y-%m-%dT%H:%M:%SZ"))
    element(timestamp, "wsu:Expires", (now + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ"))
    signed.append(timestamp)
    for number, part in enumerate(signed):
        part.set(WSU_ID, "signed-%d" % number)

    signature = element(security, "ds:Signature")
    info = element(signature, "ds:SignedInfo")
    element(info, "ds:CanonicalizationMethod", Algorithm=EXCLUSIVE)
    element(info, "ds:SignatureMethod", Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")
    for part in signed:
        reference = element(info, "ds:Reference", URI="#" + part.get(WSU_ID))
        element(element(reference, "ds:Transforms"), "ds:Transform", Algorithm=EXCLUSIVE)
        element(reference, "ds:DigestMethod", Algorithm="http://www.w3.org/2001/04/xmlenc#sha256")
        element(reference, "ds:DigestValue", digest(part))
    value = key.sign(canonical(info), padding.PKCS1v15(), hashes.SHA256())
    element(signature, "ds:SignatureValue", base64.b64encode(value).decode())
    pointer = element(element(signature, "ds:KeyInfo"), "wsse:SecurityTokenReference")
    element(pointer, "wsse:Reference", URI="#certificate", ValueType=X509V3)


def verify(envelope, message_id):
    """Signed with the server's certificate: exactly this Body and this Timestamp, and the Timestamp is fresh."""
    server = x509.load_pem_x509_certificate((DEMO / "server/cert.pem").read_bytes())
    security = only(envelope, "soap:Header/wsse:Security")
    if base64.b64decode(only(security, "wsse:BinarySecurityToken").text) != server.public_bytes(serialization.Encoding.DER):
        sys.exit("the answer is signed with another certificate than the server's")
    info = only(security, "ds:Signature/ds:SignedInfo")
    if only(info, "ds:SignatureMethod").get("Algorithm") != "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256":
        sys.exit("the answer is signed with another algorithm")
    try:
        server.public_key().verify(base64.b64decode(only(security, "ds:Signature/ds:SignatureValue").text), canonical(info),
                                   padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        sys.exit("the answer's signature is wrong")
    digests = {reference.get("URI"): only(reference, "ds:DigestValue").text for reference in info.findall("ds:Reference", NS)}
    timestamp = only(security, "wsu:Timestamp")
    for part in (only(envelope, "soap:Body"), timestamp):
        if digests.get("#%s" % part.get(WSU_ID)) != digest(part):
            sys.exit("the answer's %s is not what was signed" % etree.QName(part).localname)
    now = datetime.now(timezone.utc)
    created, expires = (datetime.fromisoformat(only(timestamp, "wsu:" + name).text.replace("Z", "+00:00")) for name in ("Created", "Expires"))
    if abs(now - created) > timedelta(minutes=5) or now >= expires:
        sys.exit("the answer's time-stamp is not fresh")
    if only(envelope, "soap:Header/xrd:id").text != message_id:
        sys.exit("this answers another call")


def main():
    envelope = parse((DEMO / "app" / (SERVICE + ".xml")).read_bytes())
    message_id = only(envelope, "soap:Header/xrd:id").text = str(uuid.uuid4())
    sign(envelope)
    request = urllib.request.Request(URL, etree.tostring(envelope, xml_declaration=True, encoding="UTF-8"),
                                     {"Content-Type": "text/xml; charset=UTF-8", "SOAPAction": '""'})
    try:
        answer = parse(urllib.request.urlopen(request, timeout=60).read())
    except urllib.error.HTTPError as error:  # A SOAP Fault.
        fault = only(parse(error.read()), "soap:Body/soap:Fault")
        sys.exit("%s: %s" % (fault.findtext("faultcode"), fault.findtext("faultstring")))
    verify(answer, message_id)
    payload = only(answer, "soap:Body")[0]
    fault = payload.find("prod:fault", NS)
    if fault is not None:
        sys.exit("%s: %s" % (fault.findtext("prod:faultCode", None, NS), fault.findtext("prod:faultString", None, NS)))
    for field in only(payload, "prod:response").iterdescendants():
        if len(field) == 0:
            print("%s: %s" % (etree.QName(field).localname, field.text))


main()
