using System.Security.Cryptography;

namespace SocialRegistry.Protection;

/// <summary>Profile SRF1 in mode fast: data keys are read by their symmetric wrap, and by the RSA head where there is none.</summary>
/// <param name="keys">Asked at each use, so that the key folder is not opened before the first.</param>
internal sealed class RecordProtection(Func<RecordKeys> keys) : IRecordProtection
{
    public RecordKey Create(RecordKeyContext context)
    {
        var ring = keys();
        Span<byte> dataKey = stackalloc byte[Srf1.DataKeySize];
        RandomNumberGenerator.Fill(dataKey);
        try
        {
            var baseKey = ring.BaseKeys[0];
            var head = new byte[Srf1.HeadSize];
            Srf1.Version.CopyTo(head);
            baseKey.Thumbprint.Span.CopyTo(head.AsSpan(Srf1.Version.Length));
            baseKey.Wrap(dataKey).CopyTo(head, Srf1.Version.Length + Srf1.ThumbprintSize);
            var kek = ring.KeyEncryptionKeys[0];
            return new Srf1RecordKey(context, dataKey, head, kek.Wrap(dataKey, Bound(context, kek)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    public RecordKey Open(RecordKeyContext context, byte[] head, byte[]? fastWrap)
    {
        if (head.Length != Srf1.HeadSize || !head.AsSpan().StartsWith(Srf1.Version))
        {
            throw new ProtectionException();
        }

        var dataKey = fastWrap is null ? FromHead(head) : FromWrap(context, fastWrap);
        try
        {
            return new Srf1RecordKey(context, dataKey, head, fastWrap);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    private byte[] FromWrap(RecordKeyContext context, byte[] wrap)
    {
        foreach (var kek in keys().KeyEncryptionKeys)
        {
            if (kek.TryUnwrap(wrap, Bound(context, kek), out var dataKey))
            {
                return dataKey;
            }
        }

        throw new ProtectionException();
    }

    private byte[] FromHead(byte[] head)
    {
        var baseKey = keys().Find(head.AsSpan(Srf1.Version.Length, Srf1.ThumbprintSize));
        try
        {
            return
                baseKey?.Unwrap(head.AsSpan(Srf1.Version.Length + Srf1.ThumbprintSize))
                    is { Length: Srf1.DataKeySize } dataKey
                ? dataKey
                : throw new ProtectionException();
        }
        catch (CryptographicException)
        {
            throw new ProtectionException();
        }
    }

    private static byte[] Bound(RecordKeyContext context, KeyEncryptionKey kek) =>
        Srf1.Parts(
            Srf1.Profile,
            context.Tenant,
            context.RecordType,
            context.RecordId,
            context.ClassGroup,
            context.Epoch.ToString(System.Globalization.CultureInfo.InvariantCulture),
            kek.Id
        );
}
