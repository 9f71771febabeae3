using System.Text.Json.Nodes;
using SocialRegistry.Contracts;

namespace SocialRegistry.Host.Demo;

/// <summary>A DCI search by identifier as a programme sends it (December 2025 text).</summary>
internal static class DciSearch
{
    public static JsonObject Request(string sender, Identifier identifier)
    {
        var now = DateTimeOffset.UtcNow.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            System.Globalization.CultureInfo.InvariantCulture
        );
        return new JsonObject
        {
            ["header"] = new JsonObject
            {
                ["version"] = "1.0.0",
                ["message_id"] = Guid.CreateVersion7().ToString(),
                ["message_ts"] = now,
                ["action"] = "search",
                ["sender_id"] = sender,
                ["total_count"] = 1,
                ["is_msg_encrypted"] = false,
            },
            ["message"] = new JsonObject
            {
                ["transaction_id"] = Guid.CreateVersion7().ToString(),
                ["search_request"] = new JsonArray(
                    new JsonObject
                    {
                        ["reference_id"] = "1",
                        ["timestamp"] = now,
                        ["search_criteria"] = new JsonObject
                        {
                            ["version"] = "1.0.0",
                            ["reg_type"] = "ns:org:RegistryType:Social",
                            ["reg_record_type"] = "Member",
                            ["query_type"] = "idtype-value",
                            ["query"] = new JsonObject { ["type"] = identifier.Type, ["value"] = identifier.Value },
                        },
                        ["locale"] = "eng",
                    }
                ),
            },
        };
    }
}
