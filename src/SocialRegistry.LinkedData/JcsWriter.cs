using System.Text.Json;

namespace SocialRegistry.LinkedData;

public static partial class Jcs
{
    private static byte[] Write(JsonElement value) => JsonSerializer.SerializeToUtf8Bytes(value);
}
