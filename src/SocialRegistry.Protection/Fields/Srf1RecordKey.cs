using System.Security.Cryptography;

namespace SocialRegistry.Protection;

/// <summary>An open data key of profile SRF1 with a cipher of its own, as <see cref="AesGcm"/> may not be shared between threads.</summary>
internal sealed class Srf1RecordKey(RecordKeyContext context, ReadOnlySpan<byte> dataKey, byte[] head, byte[]? fastWrap)
    : RecordKey
{
    private const int AadSize = Srf1.NonceSize + Srf1.ContextTagSize;

    private readonly AesGcm cipher = new(dataKey, Srf1.GcmTagSize);
    private readonly byte[] record = Srf1.Parts(Srf1.Profile, context.Tenant, context.RecordType, context.RecordId);

    public override byte[] Head => head;

    public override byte[]? FastWrap => fastWrap;

    public override byte[] Protect(string field, string fieldClass, ReadOnlySpan<byte> clear)
    {
        if (clear.IsEmpty)
        {
            throw new ArgumentException("An empty value cannot be protected: a keymanager refuses it.", nameof(clear));
        }

        var tail = new byte[Srf1.TailOverhead + clear.Length];
        RandomNumberGenerator.Fill(tail.AsSpan(0, Srf1.NonceSize));
        Srf1.ContextTag(record, field, fieldClass, tail.AsSpan(Srf1.NonceSize, Srf1.ContextTagSize));
        cipher.Encrypt(
            tail.AsSpan(0, Srf1.NonceSize),
            clear,
            tail.AsSpan(AadSize, clear.Length),
            tail.AsSpan(AadSize + clear.Length),
            tail.AsSpan(0, AadSize)
        );
        return tail;
    }

    public override byte[] Unprotect(string field, string fieldClass, ReadOnlySpan<byte> tail)
    {
        Span<byte> expected = stackalloc byte[Srf1.ContextTagSize];
        Srf1.ContextTag(record, field, fieldClass, expected);
        if (
            tail.Length <= Srf1.TailOverhead
            || !CryptographicOperations.FixedTimeEquals(expected, tail.Slice(Srf1.NonceSize, Srf1.ContextTagSize))
        )
        {
            throw new ProtectionException();
        }

        var clear = new byte[tail.Length - Srf1.TailOverhead];
        try
        {
            cipher.Decrypt(
                tail[..Srf1.NonceSize],
                tail.Slice(AadSize, clear.Length),
                tail[(AadSize + clear.Length)..],
                clear,
                tail[..AadSize]
            );
            return clear;
        }
        catch (CryptographicException)
        {
            throw new ProtectionException();
        }
    }

    public override void Dispose() => cipher.Dispose();

    public override string ToString() => "SRF1 data key";
}
