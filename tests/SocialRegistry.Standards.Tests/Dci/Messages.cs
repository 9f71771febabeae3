using System.Text.Json.Nodes;

namespace SocialRegistry.Standards.Tests.Dci;

/// <summary>Builds messages as a programme sends them.</summary>
internal static class Messages
{
    public const string Now = "2026-06-01T12:00:00.000Z";

    private static int last;

    /// <summary>A message with one item for each identifier.</summary>
    public static JsonObject Search(string sender, params IEnumerable<JsonObject> items)
    {
        var requests = new JsonArray([.. items]);
        return new JsonObject
        {
            ["header"] = new JsonObject
            {
                ["version"] = "1.0.0",
                ["message_id"] = "message-" + Interlocked.Increment(ref last),
                ["message_ts"] = Now,
                ["action"] = "search",
                ["sender_id"] = sender,
                ["receiver_id"] = "registry.test",
                ["total_count"] = requests.Count,
                ["is_msg_encrypted"] = false,
            },
            ["message"] = new JsonObject { ["transaction_id"] = "t-1", ["search_request"] = requests },
        };
    }

    public static JsonObject Item(
        string value = DciPeople.Almaz,
        string type = "UIN",
        string? recordType = "Member",
        string reference = "r-1",
        Action<JsonObject>? criteria = null
    )
    {
        var search = new JsonObject
        {
            ["version"] = "1.0.0",
            ["reg_type"] = "ns:org:RegistryType:Social",
            ["query_type"] = "idtype-value",
            ["query"] = new JsonObject { ["type"] = type, ["value"] = value },
        };
        if (recordType is not null)
        {
            search["reg_record_type"] = recordType;
        }

        criteria?.Invoke(search);
        return new JsonObject
        {
            ["reference_id"] = reference,
            ["timestamp"] = Now,
            ["search_criteria"] = search,
            ["locale"] = "eng",
        };
    }

    /// <summary>The usual message after one change.</summary>
    public static JsonObject Changed(Action<JsonObject> change)
    {
        var message = Search(DciServer.Programme, Item());
        change(message);
        return message;
    }

    /// <summary>Sets the member at a path such as <c>message.search_request.0.locale</c>; <c>null</c> removes it.</summary>
    public static JsonObject With(this JsonObject message, string path, JsonNode? value)
    {
        var steps = path.Split('.');
        JsonNode place = message;
        foreach (var step in steps[..^1])
        {
            place = int.TryParse(step, out var index) ? place[index]! : place[step]!;
        }

        if (value is null)
        {
            place.AsObject().Remove(steps[^1]);
        }
        else
        {
            place.AsObject()[steps[^1]] = value;
        }

        return message;
    }
}
