using System.Security.Cryptography;

namespace SocialRegistry.Protection;

/// <summary>Makes what a key file lacks.</summary>
internal static class KeyMaker
{
    private const int RsaBits = 2048;

    /// <summary>The same object when nothing is missing.</summary>
    public static StoredKeys Complete(StoredKeys? standing, string? publicUrl, DateTimeOffset now)
    {
        var keys = standing ?? StoredKeys.Empty();
        var missing = new List<StoredKey>();
        foreach (var purpose in Enum.GetValues<KeyPurpose>())
        {
            if (purpose != KeyPurpose.CredentialEs256 && keys.Generations(KeyNames.Of(purpose)).Count == 0)
            {
                missing.Add(New(KeyNames.Of(purpose), now, purpose.IsEd25519() ? Random32() : NewP256()));
            }
        }

        if (keys.Generations(KeyNames.RecordBase).Count == 0)
        {
            missing.Add(NewBaseKey(now));
        }

        if (keys.Generations(KeyNames.RecordKek).Count == 0)
        {
            missing.Add(New(KeyNames.RecordKek, now, Random32()));
        }

        if (keys.Generations(KeyNames.IssuingCa).Count == 0)
        {
            var ca = New(KeyNames.IssuingCa, now, NewP256());
            missing.Add(ca with { Certificates = [IssuerCertificates.NewRoot(ca, now)] });
        }

        if (keys.Generations(KeyNames.Of(KeyPurpose.CredentialEs256)).Count == 0)
        {
            missing.Add(New(KeyNames.Of(KeyPurpose.CredentialEs256), now, NewP256()));
        }

        return Certified(missing.Count == 0 ? keys : keys.With(missing), publicUrl, now);
    }

    /// <summary>A new root secret, unless another process has made it meanwhile.</summary>
    public static StoredKeys WithSecret(StoredKeys keys, string name, DateTimeOffset now) =>
        keys.Generations(name).Count > 0 ? keys : keys.With(New(name, now, Random32()));

    /// <summary>Issues the certificate of the active credential key when it has none, ends soon, or names another public address.</summary>
    private static StoredKeys Certified(StoredKeys keys, string? publicUrl, DateTimeOffset now)
    {
        var leaf = keys.Generations(KeyNames.Of(KeyPurpose.CredentialEs256))[0];
        return leaf.Certificates is [{ } certificate, ..] && IssuerCertificates.Fits(certificate, publicUrl, now)
            ? keys
            : keys.Replacing(
                leaf with
                {
                    Certificates =
                    [
                        IssuerCertificates.NewLeaf(leaf, keys.Generations(KeyNames.IssuingCa)[0], publicUrl, now),
                    ],
                }
            );
    }

    private static StoredKey New(string name, DateTimeOffset now, byte[] secret) =>
        new()
        {
            Name = name,
            Generation = 1,
            State = KeyState.Active,
            Created = now,
            Private = secret,
        };

    private static StoredKey NewBaseKey(DateTimeOffset now)
    {
        using var rsa = RSA.Create(RsaBits);
        return New(KeyNames.RecordBase, now, rsa.ExportPkcs8PrivateKey()) with
        {
            Certificates = [BaseKeyCertificate.New(rsa, now)],
        };
    }

    private static byte[] NewP256()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }

    private static byte[] Random32() => RandomNumberGenerator.GetBytes(32);
}
