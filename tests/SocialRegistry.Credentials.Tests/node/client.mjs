// A wallet (@openid4vc/openid4vci) accepts an offer; a verifier (jose, @sd-jwt/sd-jwt-vc) checks what it got with the published keys.
// Argument: {"offer","txCode"} as JSON. Prints what was found as JSON; ends with an error when anything does not hold.
import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { clientAuthenticationAnonymous } from '@openid4vc/oauth2'
import { Openid4vciClient, setGlobalConfig } from '@openid4vc/openid4vci'
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import * as jose from 'jose'

// The test's server is on loopback without TLS.
setGlobalConfig({ allowInsecureUrls: true })
const { offer, txCode } = JSON.parse(process.argv[2])
const keys = await jose.generateKeyPair('ES256', { extractable: true })
const publicJwk = await jose.exportJWK(keys.publicKey)

const wallet = new Openid4vciClient({
  callbacks: {
    fetch,
    hash: (data, alg) => createHash(alg.replace('-', '')).update(data).digest(),
    generateRandom: (length) => randomBytes(length),
    clientAuthentication: clientAuthenticationAnonymous(),
    verifyJwt: () => ({ verified: false }),
    signJwt: async (_signer, { header, payload }) => ({
      jwt: await new jose.SignJWT(payload).setProtectedHeader(header).sign(keys.privateKey),
      signerJwk: publicJwk,
    }),
  },
})

const credentialOffer = await wallet.resolveCredentialOffer(offer)
const issuerMetadata = await wallet.resolveIssuerMetadata(credentialOffer.credential_issuer)
const { accessTokenResponse } = await wallet.retrievePreAuthorizedCodeAccessTokenFromOffer({
  credentialOffer,
  issuerMetadata,
  txCode,
})

const credentials = {}
for (const credentialConfigurationId of credentialOffer.credential_configuration_ids) {
  const { c_nonce: nonce } = await wallet.requestNonce({ issuerMetadata })
  const { jwt } = await wallet.createCredentialRequestJwtProof({
    issuerMetadata,
    credentialConfigurationId,
    nonce,
    signer: { method: 'jwk', publicJwk, alg: 'ES256' },
  })
  const { credentialResponse } = await wallet.retrieveCredentials({
    issuerMetadata,
    credentialConfigurationId,
    accessToken: accessTokenResponse.access_token,
    proofs: { jwt: [jwt] },
  })
  credentials[credentialConfigurationId] = credentialResponse.credentials[0].credential
}

// The verifier: nothing of the wallet's but the credentials.
const issuer = credentialOffer.credential_issuer
const read = async (path) => (await fetch(issuer + path)).json()
const did = await read('/.well-known/did.json')
const keySet = jose.createRemoteJWKSet(new URL(issuer + '/.well-known/jwks.json'))

const jwtVcs = []
for (const compact of Object.values(credentials).filter((credential) => !credential.includes('~'))) {
  const { kid } = jose.decodeProtectedHeader(compact)
  const method = did.verificationMethod.find((method) => method.id === kid && did.assertionMethod.includes(method.id))
  const { payload } = await jose.jwtVerify(compact, await jose.importJWK(method.publicKeyJwk), { issuer: did.id })
  jwtVcs.push({ alg: jose.decodeProtectedHeader(compact).alg, subject: payload.vc.credentialSubject })
}

const sdJwt = Object.values(credentials).find((credential) => credential.includes('~'))
const verifyBy = (find) => async (data, signature) => {
  const compact = `${data}.${signature}`
  try {
    await jose.compactVerify(compact, await find(compact))
    return true
  } catch (error) {
    if (error.code?.startsWith('ERR_JW')) return false
    throw error
  }
}
const sdJwtVc = new SDJwtVcInstance({
  hasher: (data, alg) => createHash(alg.replace('-', '')).update(data).digest(),
  hashAlg: 'sha-256',
  saltGenerator: (length) => randomBytes(length).toString('base64url'),
  // By the certificate in the header ...
  verifier: verifyBy((compact) => {
    const [leaf] = jose.decodeProtectedHeader(compact).x5c
    return new X509Certificate(Buffer.from(leaf, 'base64')).publicKey
  }),
  kbSignAlg: 'ES256',
  kbSigner: async (data) => {
    const [header, payload] = data.split('.')
    const signed = await new jose.CompactSign(jose.base64url.decode(payload))
      .setProtectedHeader(JSON.parse(new TextDecoder().decode(jose.base64url.decode(header))))
      .sign(keys.privateKey)
    return signed.split('.')[2]
  },
  kbVerifier: verifyBy(() => keys.publicKey),
  loadTypeMetadataFormat: true,
})
const verified = await sdJwtVc.verify(sdJwt)
// ... and by the published keys.
await jose.compactVerify(sdJwt.split('~')[0], keySet)

const presentation = await sdJwtVc.present(sdJwt, { given_name: true }, {
  kb: { payload: { iat: Math.floor(Date.now() / 1000), aud: 'https://verifier.example', nonce: 'n-1' } },
})
const presented = await sdJwtVc.verify(presentation, { requiredClaimKeys: ['given_name'], keyBindingNonce: 'n-1' })

console.log(
  JSON.stringify({
    version: issuerMetadata.originalDraftVersion,
    issuer: verified.payload.iss,
    claims: verified.payload,
    jwtVcs,
    presentation,
    presented: presented.payload,
    credentials: Object.values(credentials),
  }),
)
