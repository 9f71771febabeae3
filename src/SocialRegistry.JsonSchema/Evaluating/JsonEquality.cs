using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>Whether two values are one in the sense of JSON Schema (core §4.2.2): numbers by their exact value, members in any order.</summary>
internal sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    public static JsonEquality Instance { get; } = new();

    public bool Equals(JsonElement x, JsonElement y)
    {
        if (x.ValueKind != y.ValueKind)
        {
            return false;
        }

        switch (x.ValueKind)
        {
            case JsonValueKind.Number:
                return JsonNumber.Of(x) == JsonNumber.Of(y);
            case JsonValueKind.String:
                return x.ValueEquals(y.GetString());
            case JsonValueKind.Array:
                return x.GetArrayLength() == y.GetArrayLength()
                    && x.EnumerateArray().Zip(y.EnumerateArray()).All(pair => Equals(pair.First, pair.Second));
            case JsonValueKind.Object:
                var members = Members(x);
                var others = Members(y);
                return members.Count == others.Count
                    && members.All(m => others.TryGetValue(m.Key, out var other) && Equals(m.Value, other));
            default:
                return true;
        }
    }

    public int GetHashCode(JsonElement value)
    {
        var hash = new HashCode();
        hash.Add(value.ValueKind);
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                hash.Add(JsonNumber.Of(value));
                break;
            case JsonValueKind.String:
                hash.Add(value.GetString());
                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                {
                    hash.Add(GetHashCode(element));
                }

                break;
            case JsonValueKind.Object:
                // The order of members means nothing.
                hash.Add(Members(value).Sum(m => (long)HashCode.Combine(m.Key, GetHashCode(m.Value))));
                break;
        }

        return hash.ToHashCode();
    }

    private static Dictionary<string, JsonElement> Members(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return members;
    }
}
