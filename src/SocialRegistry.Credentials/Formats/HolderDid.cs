using System.Buffers.Text;
using System.Text.Json;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials;

/// <summary>The DID of a holder's key when the holder gave none: <c>did:jwk</c>.</summary>
internal static class HolderDid
{
    public static string Of(Jwk key)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            HolderKeyWriter.WriteMembers(json, key);
            json.WriteEndObject();
        }

        return "did:jwk:" + Base64Url.EncodeToString(buffer.WrittenSpan);
    }
}
