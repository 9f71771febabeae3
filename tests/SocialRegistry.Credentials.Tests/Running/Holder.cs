using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.LinkedData;
using SocialRegistry.Protection;
using Base64Url = System.Buffers.Text.Base64Url;

namespace SocialRegistry.Credentials.Tests.Running;

/// <summary>A holder's key that writes proofs, right or wrong.</summary>
internal sealed class Holder : IDisposable
{
    private readonly ECDsa? ec;
    private readonly Ed25519? ed;

    private Holder(ECDsa? ec, Ed25519? ed)
    {
        this.ec = ec;
        this.ed = ed;
        if (ec is not null)
        {
            var point = ec.ExportParameters(false).Q;
            Parts = new PublicKeyParts(
                "EC",
                "P-256",
                Base64Url.EncodeToString(point.X),
                Base64Url.EncodeToString(point.Y)
            );
        }
        else
        {
            Parts = new PublicKeyParts("OKP", "Ed25519", Base64Url.EncodeToString(ed!.PublicKey), null);
        }
    }

    public static Holder P256() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), null);

    public static Holder OfEd25519() => new(null, Ed25519.Generate());

    public PublicKeyParts Parts { get; }

    public string Algorithm => ec is null ? "EdDSA" : "ES256";

    public string DidKeyUrl => DidKey.VerificationMethod(DidKey.Encode(Parts));

    public string DidJwkUrl => DidJwk.VerificationMethod(DidJwk.Encode(Parts));

    public JsonObject Jwk()
    {
        var jwk = new JsonObject
        {
            ["kty"] = Parts.Kty,
            ["crv"] = Parts.Crv,
            ["x"] = Parts.X,
        };
        if (Parts.Y is not null)
        {
            jwk["y"] = Parts.Y;
        }

        return jwk;
    }

    /// <summary>A proof as the specification wants it, after <paramref name="change"/>.</summary>
    public string Prove(string issuer, string nonce, DateTimeOffset now, Action<JsonObject, JsonObject>? change = null)
    {
        var header = new JsonObject
        {
            ["alg"] = Algorithm,
            ["typ"] = "openid4vci-proof+jwt",
            ["jwk"] = Jwk(),
        };
        var claims = new JsonObject
        {
            ["aud"] = issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nonce"] = nonce,
        };
        change?.Invoke(header, claims);
        var input = Encode(header.ToJsonString()) + "." + Encode(claims.ToJsonString());
        var bytes = Encoding.ASCII.GetBytes(input);
        var signature = ec?.SignData(bytes, HashAlgorithmName.SHA256) ?? ed!.Sign(bytes);
        return input + "." + Base64Url.EncodeToString(signature);
    }

    public static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    /// <summary>A part of a compact token.</summary>
    public static JsonElement Part(string compact, int index) =>
        JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(compact.Split('~')[0].Split('.')[index]));

    public void Dispose()
    {
        ec?.Dispose();
        ed?.Dispose();
    }
}
