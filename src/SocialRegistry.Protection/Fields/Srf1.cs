using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SocialRegistry.Protection;

/// <summary>
/// The layout of profile SRF1: head · splitter · tail is an ordinary VER_R2 envelope of a MOSIP keymanager, whose 32 random authenticated
/// bytes are here a nonce and a tag of the place where the value belongs.
/// </summary>
public static class Srf1
{
    /// <summary>First part of every context.</summary>
    public const string Profile = "SRF1";

    /// <summary><c>VER_R2</c> (6) · certificate thumbprint (32) · RSA-2048-OAEP-SHA256 of the data key (256).</summary>
    public const int HeadSize = 294;

    /// <summary>Nonce (12) · wrapped key (32) · GCM tag (16).</summary>
    public const int FastWrapSize = 60;

    /// <summary>What a tail is longer than its clear value: nonce (12), context tag (20), GCM tag (16).</summary>
    public const int TailOverhead = 48;

    internal const int DataKeySize = 32;
    internal const int NonceSize = 12;
    internal const int ContextTagSize = 20;
    internal const int GcmTagSize = 16;
    internal const int ThumbprintSize = 32;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    internal static ReadOnlySpan<byte> Version => "VER_R2"u8;

    internal static ReadOnlySpan<byte> Splitter => "#KEY_SPLITTER#"u8;

    /// <summary>The MOSIP view of a value: base64url of head · splitter · tail, as <c>/v1/keymanager/decrypt</c> takes it.</summary>
    /// <exception cref="ArgumentException">A head or tail of the wrong size.</exception>
    public static string ToMosip(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        if (head.Length != HeadSize || !head.StartsWith(Version))
        {
            throw new ArgumentException("Not an SRF1 head.", nameof(head));
        }

        if (tail.Length <= TailOverhead)
        {
            throw new ArgumentException("Not an SRF1 tail.", nameof(tail));
        }

        var envelope = new byte[HeadSize + Splitter.Length + tail.Length];
        head.CopyTo(envelope);
        Splitter.CopyTo(envelope.AsSpan(HeadSize));
        tail.CopyTo(envelope.AsSpan(HeadSize + Splitter.Length));
        return Base64Url.EncodeToString(envelope);
    }

    /// <summary>Takes the MOSIP view apart again.</summary>
    /// <returns>False when it is not base64url, not VER_R2, or too short.</returns>
    public static bool TryFromMosip(string envelope, out byte[] head, out byte[] tail)
    {
        (head, tail) = ([], []);
        if (
            !StrictBase64Url.TryDecode(envelope, out var bytes)
            || bytes.Length <= HeadSize + Splitter.Length + TailOverhead
            || !bytes.AsSpan().StartsWith(Version)
            || !bytes.AsSpan(HeadSize).StartsWith(Splitter)
        )
        {
            return false;
        }

        head = bytes[..HeadSize];
        tail = bytes[(HeadSize + Splitter.Length)..];
        return true;
    }

    /// <summary>Each part as a 4-byte big-endian length and its UTF-8 bytes.</summary>
    /// <exception cref="ArgumentException">A part is not Unicode text.</exception>
    internal static byte[] Parts(params ReadOnlySpan<string> parts)
    {
        var size = 0;
        foreach (var part in parts)
        {
            size += 4 + StrictUtf8.GetByteCount(part);
        }

        var bytes = new byte[size];
        WriteParts(bytes, parts);
        return bytes;
    }

    /// <summary>The first 20 bytes of SHA-256 over the record's parts, the field and the class.</summary>
    internal static void ContextTag(ReadOnlySpan<byte> record, string field, string fieldClass, Span<byte> tag)
    {
        var size = record.Length + 8 + StrictUtf8.GetByteCount(field) + StrictUtf8.GetByteCount(fieldClass);
        var context = size <= 512 ? stackalloc byte[size] : new byte[size];
        record.CopyTo(context);
        WriteParts(context[record.Length..], field, fieldClass);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(context, hash);
        hash[..ContextTagSize].CopyTo(tag);
    }

    private static void WriteParts(Span<byte> target, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            var length = StrictUtf8.GetBytes(part, target[4..]);
            BinaryPrimitives.WriteInt32BigEndian(target, length);
            target = target[(4 + length)..];
        }
    }
}
