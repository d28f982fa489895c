#!/usr/bin/env bash
# The first signed call from the shell, with xmlsec1, openssl and curl. See ../first-call.md for how to run it.
set -euo pipefail

demo=${KOPURO_DEMO:-var/demo}
url=${KOPURO_URL:-http://127.0.0.1:8080/soap/tax/v1}
service=${1:-tpDataByINN}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

oasis=http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-
wsu=${oasis}wssecurity-utility-1.0.xsd
soap=http://schemas.xmlsoap.org/soap/envelope/
xrd=http://x-road.eu/xsd/xroad.xsd
sec=http://x-road.eu/xsd/security-token.xsd
c14n='<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>'
id=$(cat /proc/sys/kernel/random/uuid 2>/dev/null || uuidgen)

refuse() { echo "$1" >&2; exit 1; }

# 1. The Security header: certificate, time-stamp and a signature that xmlsec1 will fill in.
reference() {
  echo "<ds:Reference URI=\"#$1\">$c14n<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue/></ds:Reference>"
}
in_minutes() { date -u -d "@$(($(date +%s) + $1 * 60))" +%Y-%m-%dT%H:%M:%SZ; }
parts=(body timestamp client service id userId issue protocolVersion)
grep -q '<sec:securityToken' "$demo/app/$service.xml" && parts+=(securityToken)
{
  echo -n "<wsse:Security xmlns:wsse=\"${oasis}wssecurity-secext-1.0.xsd\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" soap:mustUnderstand=\"1\">"
  echo -n "<wsse:BinarySecurityToken wsu:Id=\"x509\" EncodingType=\"${oasis}soap-message-security-1.0#Base64Binary\" ValueType=\"${oasis}x509-token-profile-1.0#X509v3\">"
  openssl x509 -in "$demo/app/cert.pem" -outform DER | openssl base64 -A
  echo -n "</wsse:BinarySecurityToken>"
  echo -n "<wsu:Timestamp wsu:Id=\"timestamp\"><wsu:Created>$(in_minutes 0)</wsu:Created><wsu:Expires>$(in_minutes 5)</wsu:Expires></wsu:Timestamp>"
  echo -n '<ds:Signature><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'
  echo -n '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>'
  for part in "${parts[@]}"; do reference "$part"; done
  echo -n "</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><wsse:SecurityTokenReference>"
  echo -n "<wsse:Reference URI=\"#x509\" ValueType=\"${oasis}x509-token-profile-1.0#X509v3\"/></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature></wsse:Security>"
} >"$work/security.xml"

# 2. The sample message with an Id on every part that is signed, and an X-Road id of its own.
sed -E -e "s|<soap:Envelope |<soap:Envelope xmlns:wsu=\"$wsu\" |" \
  -e "s|<xrd:id>[^<]*|<xrd:id>$id|" \
  -e 's/<(xrd|sec):(client|service|id|userId|issue|protocolVersion|securityToken)([ >])/<\1:\2 wsu:Id="\2"\3/' \
  -e 's|<soap:Body>|<soap:Body wsu:Id="body">|' \
  -e "/<\/soap:Header>/{
      s|</soap:Header>||
      r $work/security.xml
      a </soap:Header>
    }" "$demo/app/$service.xml" >"$work/message.xml"

ids=(--id-attr:Id "$soap:Body" --id-attr:Id "$wsu:Timestamp")
for part in client service id userId issue protocolVersion; do ids+=(--id-attr:Id "$xrd:$part"); done
xmlsec1 --sign --privkey-pem "$demo/app/key.pem" "${ids[@]}" --id-attr:Id "$sec:securityToken" --output "$work/signed.xml" "$work/message.xml"

# 3. The call.
curl -sS -o "$work/answer.xml" -H 'Content-Type: text/xml; charset=UTF-8' -H 'SOAPAction: ""' --data-binary "@$work/signed.xml" "$url"
grep -q '<!DOCTYPE' "$work/answer.xml" && refuse "The answer has a document type."
field() { grep -o "<$1>[^<]*" "$work/answer.xml" | sed "s|<$1>||" | head -n 1; }
grep -q '<faultcode>' "$work/answer.xml" && refuse "$(field faultcode): $(field faultstring)"

# 4. The answer's signature, with the server's certificate whatever the answer says of keys; then that it covers this Body and
#    this Timestamp, each the only one of its name and its Id the only one of its value.
xmlsec1 --verify --pubkey-cert-pem "$demo/server/cert.pem" --id-attr:Id "$soap:Body" --id-attr:Id "$wsu:Timestamp" "$work/answer.xml" \
  >"$work/verified" 2>&1 || refuse "The answer's signature is wrong."
for part in soap:Body wsu:Timestamp; do
  [[ $(grep -o "<$part[ >]" "$work/answer.xml" | wc -l) -eq 1 ]] || refuse "The answer has no $part, or two."
  part_id=$(grep -o "<$part [^>]*" "$work/answer.xml" | grep -o ' wsu:Id="[^"]*' | cut -d'"' -f2)
  [[ -n $part_id && $(grep -o "Id=\"$part_id\"" "$work/answer.xml" | wc -l) -eq 1 ]] || refuse "The answer has no Id for $part, or two."
  grep -q "<ds:Reference URI=\"#$part_id\">" "$work/answer.xml" || refuse "The answer's $part is not signed."
done
created=$(field wsu:Created)
age=$(($(date +%s) - $(date -u -d "$created" +%s)))
[[ ${age#-} -le 300 ]] || refuse "The answer's time-stamp is not fresh: $created."
[[ $(field xrd:id) == "$id" ]] || refuse "This answers another call."

grep -q '<faultCode>' "$work/answer.xml" && refuse "$(field faultCode): $(field faultString)"
# One line per field of the Body.
sed 's|.*<soap:Body[^>]*>||; s|</soap:Body>.*||' "$work/answer.xml" | grep -o '<[A-Za-z]*>[^<]\+' | sed 's|^<\([A-Za-z]*\)>|\1: |'
