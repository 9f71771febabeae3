using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SocialRegistry.Access.Changes;

/// <summary>What differs between two states, member by member, for the log.</summary>
internal static class Difference
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <param name="old">Absent for what is made.</param>
    /// <param name="next">Absent for what is taken away.</param>
    public static JsonObject Between<T>(T? old, T? next)
        where T : class
    {
        var before = Members(old);
        var after = Members(next);
        var difference = new JsonObject();
        foreach (var name in before.Select(m => m.Key).Union(after.Select(m => m.Key)))
        {
            if (!JsonNode.DeepEquals(before[name], after[name]))
            {
                difference[name] = new JsonObject
                {
                    ["old"] = before[name]?.DeepClone(),
                    ["new"] = after[name]?.DeepClone(),
                };
            }
        }

        return difference;
    }

    private static JsonObject Members<T>(T? state)
        where T : class => state is null ? [] : JsonSerializer.SerializeToNode(state, Plain)!.AsObject();
}
