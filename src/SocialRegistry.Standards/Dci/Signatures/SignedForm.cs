using System.Buffers;
using System.Text.Json;
using SocialRegistry.LinkedData;
using SocialRegistry.Standards.Dci.Envelope;

namespace SocialRegistry.Standards.Dci.Signatures;

/// <summary>
/// How <c>{header, message}</c> became bytes before it was signed. The standard does not say; these four are what signers do (DCI API standard, message signature).
/// </summary>
internal enum SignedForm
{
    /// <summary>The very bytes of both members, wrapped as <c>{"header":…,"message":…}</c>.</summary>
    Raw,

    /// <summary>RFC 8785.</summary>
    Jcs,

    /// <summary>Sorted keys, no spaces, non-ASCII escaped.</summary>
    SortedAscii,

    /// <summary>Sorted keys, no spaces, raw UTF-8.</summary>
    SortedUtf8,
}

internal static class SignedForms
{
    public static readonly IReadOnlyList<SignedForm> All = Enum.GetValues<SignedForm>();

    /// <summary>The bytes of a form; <c>null</c> when the message has none in it.</summary>
    public static byte[]? Bytes(this SignedEnvelope envelope, SignedForm form)
    {
        var target = new ArrayBufferWriter<byte>(envelope.RawHeader.Length + envelope.RawMessage.Length + 32);
        try
        {
            target.Write("{\"header\":"u8);
            Part(envelope.Header, envelope.RawHeader, form, target);
            target.Write(",\"message\":"u8);
            Part(envelope.Message, envelope.RawMessage, form, target);
            target.Write("}"u8);
            return target.WrittenSpan.ToArray();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Part(
        JsonElement element,
        ReadOnlySpan<byte> raw,
        SignedForm form,
        ArrayBufferWriter<byte> target
    )
    {
        switch (form)
        {
            case SignedForm.Raw:
                target.Write(raw);
                break;
            case SignedForm.Jcs:
                SocialRegistry.LinkedData.Jcs.Canonicalize(element, target);
                break;
            default:
                CanonicalJson.Write(element, form == SignedForm.SortedAscii, target);
                break;
        }
    }
}
